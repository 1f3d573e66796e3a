// Verifies ceremonies with @simplewebauthn/server: one JSON object a line in, one verdict a line out.
const path = require("node:path");
const readline = require("node:readline");
const { createRequire } = require("node:module");
const packages = createRequire(path.join(process.env.REKEY_PROGRAMS_NODE, "package.json"));
const server = packages("@simplewebauthn/server");

async function verify(given) {
  const common = {
    expectedOrigin: given.origin,
    expectedRPID: given.rpId,
    requireUserVerification: given.verified,
    expectedTopOrigin: given.topOrigin ?? undefined,
  };
  for (const identifier of given.root ? ["android-key", "apple", "packed", "tpm", "fido-u2f"] : []) {
    server.SettingsService.setRootCertificates({ identifier, certificates: [given.root] });
  }
  const made = await server.verifyRegistrationResponse({
    response: given.registration,
    expectedChallenge: given.registrationChallenge,
    supportedAlgorithmIDs: [given.algorithm],
    ...common,
  });
  if (!made.verified) throw new Error("the registration is not verified");
  const signed = await server.verifyAuthenticationResponse({
    response: given.authentication,
    expectedChallenge: given.authenticationChallenge,
    credential: { ...made.registrationInfo.credential, counter: 0 },
    ...common,
  });
  if (!signed.verified) throw new Error("the assertion is not verified");
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let verdict = { accepted: true };
    try {
      await verify(JSON.parse(line));
    } catch (refused) {
      verdict = { accepted: false, reason: `${refused.name}: ${refused.message}` };
    }
    process.stdout.write(`${JSON.stringify(verdict)}\n`);
  }
})();
