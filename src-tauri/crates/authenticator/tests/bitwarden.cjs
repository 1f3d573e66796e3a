// What Bitwarden's own SDK makes of Rekey's exports, as JSON: node bitwarden.cjs CXF BITWARDEN OUT
const fs = require("node:fs");
const path = require("node:path");
const crypto = require("node:crypto");
const { createRequire } = require("node:module");
const bitwarden = createRequire(path.join(process.env.REKEY_PROGRAMS_NODE, "package.json"))("@bitwarden/sdk-internal");

const [exchange, own] = process.argv.slice(2, 4).map((file) => JSON.parse(fs.readFileSync(file, "utf8")));

async function open() {
  const manager = new bitwarden.PasswordManagerClient(
    { get_access_token: async () => undefined }, undefined, new bitwarden.ManagedSettingsClient());
  const userKey = bitwarden.PureCrypto.make_user_key_aes256_cbc_hmac();
  const privateKey = bitwarden.PureCrypto.wrap_decapsulation_key(bitwarden.PureCrypto.rsa_generate_keypair(), userKey);
  await manager.crypto().initialize_user_crypto({
    userId: crypto.randomUUID(), kdfParams: { pBKDF2: { iterations: 600000 } }, email: "invented@example.test",
    accountCryptographicState: { V1: { private_key: privateKey } },
    method: { decryptedKey: { decrypted_user_key: Buffer.from(userKey).toString("base64") } },
  });
  return manager;
}

// The SDK names every member of a view; those that are not needed are undefined.
const view = (item) => ({
  id: item.id, organizationId: undefined, folderId: undefined, collectionIds: [], key: undefined, name: item.name,
  notes: undefined, type: item.type, identity: undefined, card: undefined, secureNote: undefined, sshKey: undefined,
  bankAccount: undefined, driversLicense: undefined, passport: undefined, favorite: item.favorite, reprompt: item.reprompt,
  organizationUseTotp: false, edit: true, permissions: undefined, viewPassword: true, localData: undefined,
  attachments: undefined, fields: undefined, passwordHistory: undefined, creationDate: item.creationDate,
  deletedDate: undefined, revisionDate: item.revisionDate, archivedDate: undefined,
  login: {
    username: item.login.username, password: undefined, passwordRevisionDate: undefined, totp: undefined,
    uris: item.login.uris.map(({ uri }) => ({ uri, match: undefined, uriChecksum: undefined })),
    autofillOnPageLoad: undefined, fido2Credentials: undefined,
  },
});

async function main() {
  const manager = await open();
  const ciphers = manager.vault().ciphers();
  const exported = async (encrypted) => {
    const text = await manager.exporters().export_vault([], encrypted, "Json");
    return JSON.parse(text).items.flatMap((item) => item.login.fido2Credentials);
  };
  // What has no id yet is in no export.
  const imported = manager.exporters().import_cxf(JSON.stringify(exchange.accounts[0]))
    .map(({ cipher }) => ({ ...cipher, id: crypto.randomUUID() }));
  const taken = [];
  for (const item of own.items) {
    const whole = ciphers.set_fido2_credentials(view(item), item.login.fido2Credentials);
    taken.push((await ciphers.encrypt(whole)).cipher);
  }
  fs.writeFileSync(process.argv[4], JSON.stringify({ exchange: await exported(imported), own: await exported(taken) }));
}

bitwarden.init_sdk?.();
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
