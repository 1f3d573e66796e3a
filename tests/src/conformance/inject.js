// The transport of the conformance host: the bridge's words go to it over HTTP, its answers are the replies.
// The host wraps the scripts that ship around this file, which is a function of HOST, the host's address. What a driver
// knows of a document by itself, this says beside the bridge's words.
"use strict";
const { fetch, JSON, Array } = self;
return (name) => async (words) => {
  const policy = document.featurePolicy ?? document.permissionsPolicy;
  const above = Array.from(location.ancestorOrigins ?? []);
  const alone = above.every((origin) => origin === self.origin);
  const allows = (feature) => (policy?.features().includes(feature) ? policy.allowsFeature(feature) : alone);
  const body = JSON.stringify({
    above,
    document: name,
    create: allows("publickey-credentials-create"),
    get: allows("publickey-credentials-get"),
    activated: navigator.userActivation?.isActive === true,
    words,
  });
  const response = await fetch(HOST, { method: "POST", body, credentials: "omit", mode: "cors" });
  return response.status === 200 ? response.text() : undefined;
};
