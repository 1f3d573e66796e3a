// The transport of the conformance host: the bridge's words go to it over HTTP, its answers are the replies.
// The host wraps the scripts that ship around this file, which is a function of HOST, the host's address. What a driver
// knows of a document by itself, the frames around it, this says beside the bridge's words.
"use strict";
const { fetch, JSON, Array } = self;
return async (words) => {
  const above = Array.from(location.ancestorOrigins ?? []);
  const body = JSON.stringify({ above, words });
  const response = await fetch(HOST, { method: "POST", body, credentials: "omit", mode: "cors" });
  return response.status === 200 ? response.text() : undefined;
};
