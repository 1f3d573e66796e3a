// Writes the logins as Bitwarden's own SDK exports them: node bitwarden.cjs LOGINS FOLDER PASSWORD
const fs = require("node:fs");
const path = require("node:path");
const crypto = require("node:crypto");
const { createRequire } = require("node:module");
const bitwarden = createRequire(path.join(process.env.REKEY_PROGRAMS_NODE, "package.json"))("@bitwarden/sdk-internal");

const [logins, folder, password] = process.argv.slice(2);
const now = "2024-05-06T07:08:09.123Z";
const account = { id: crypto.randomUUID(), email: "invented@example.test", name: "Ann Other" };

// The SDK names every member of a view; those that are not needed are undefined.
const cipher = (login, folderId) => ({
  id: crypto.randomUUID(), organizationId: undefined, folderId, collectionIds: [], key: undefined, name: login.title,
  notes: login.note, type: 1, login: undefined, identity: undefined, card: undefined, secureNote: undefined, sshKey: undefined,
  bankAccount: undefined, driversLicense: undefined, passport: undefined, favorite: false, reprompt: 0, organizationUseTotp: false,
  edit: true, permissions: undefined, viewPassword: true, localData: undefined, attachments: undefined,
  fields: login.fields?.map(([name, value], at) => ({ name, value, type: at % 2, linkedId: undefined })),
  passwordHistory: [{ password: "a former one", lastUsedDate: now }], creationDate: now, deletedDate: undefined, revisionDate: now,
  archivedDate: login.archived ? now : undefined,
});

const view = (login, folderId) => ({
  ...cipher(login, folderId),
  login: {
    username: login.user, password: login.password, passwordRevisionDate: undefined, totp: login.totp,
    uris: login.urls.map((uri) => ({ uri, match: undefined, uriChecksum: undefined })),
    autofillOnPageLoad: undefined, fido2Credentials: undefined,
  },
});

// What an export must not turn into sign-ins.
const others = [
  { ...cipher({ title: "A note", note: "text" }), type: 2, secureNote: { type: 0 } },
  { ...cipher({ title: "A card" }), type: 3, card: { cardholderName: "Ann", expMonth: "4", expYear: "2031", code: "1", brand: "Visa", number: "4" } },
];

async function open(kdf) {
  const manager = new bitwarden.PasswordManagerClient(
    { get_access_token: async () => undefined }, undefined, new bitwarden.ManagedSettingsClient());
  const userKey = bitwarden.PureCrypto.make_user_key_aes256_cbc_hmac();
  const privateKey = bitwarden.PureCrypto.wrap_decapsulation_key(bitwarden.PureCrypto.rsa_generate_keypair(), userKey);
  await manager.crypto().initialize_user_crypto({
    userId: account.id, kdfParams: kdf, email: account.email,
    accountCryptographicState: { V1: { private_key: privateKey } },
    method: { decryptedKey: { decrypted_user_key: Buffer.from(userKey).toString("base64") } },
  });
  return manager;
}

function withPasskey(manager, login, view) {
  if (!login.passkey) return view;
  const key = crypto.generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "der" });
  return manager.vault().ciphers().set_fido2_credentials(view, [{
    credentialId: crypto.randomUUID(), keyType: "public-key", keyAlgorithm: "ECDSA", keyCurve: "P-256",
    keyValue: key.toString("base64url"), rpId: login.passkey.rp, userHandle: "AAECAw", userName: login.passkey.user,
    counter: "0", rpName: login.passkey.rp, userDisplayName: login.passkey.user, discoverable: "true", creationDate: now,
  }]);
}

async function main() {
  const entries = JSON.parse(fs.readFileSync(logins, "utf8"));
  const names = [...new Set(entries.map((login) => login.group).filter(Boolean))];
  const folders = names.map((name) => ({ id: crypto.randomUUID(), name, revisionDate: now }));
  const kinds = {
    pbkdf2: { pBKDF2: { iterations: 600000 } },
    argon2id: { argon2id: { iterations: 3, memory: 64, parallelism: 4 } },
  };
  for (const [kind, kdf] of Object.entries(kinds)) {
    const manager = await open(kdf);
    const encrypt = async (view) => (await manager.vault().ciphers().encrypt(view)).cipher;
    const of = (login) => folders.find(({ name }) => name === login.group)?.id;
    const ciphers = [];
    for (const login of entries) ciphers.push(await encrypt(withPasskey(manager, login, view(login, of(login)))));
    for (const other of others) ciphers.push(await encrypt(other));
    const encrypted = folders.map((one) => manager.vault().folders().encrypt(one));
    const exporters = manager.exporters();
    const write = (name, text) => fs.writeFileSync(path.join(folder, name), text);
    write(`protected-${kind}.json`, await exporters.export_vault(encrypted, ciphers, { EncryptedJson: { password } }));
    if (kind === "pbkdf2") {
      write("plain.json", await exporters.export_vault(encrypted, ciphers, "Json"));
      write("plain.csv", await exporters.export_vault(encrypted, ciphers, "Csv"));
      write("exchange.json", await exporters.export_cxf(account, ciphers));
    }
  }
}

bitwarden.init_sdk?.();
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
