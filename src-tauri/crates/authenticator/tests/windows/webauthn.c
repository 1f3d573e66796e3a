// A webauthn.dll that prints what it is asked, following each pointer as far as the version in a structure says, and
// answers with as much as the API version in REKEY_STUB_API has. The layouts are written down here once more, from
// https://github.com/microsoft/webauthn/blob/master/webauthn.h, so that they check Rekey's.
//
// A relying party of the name "wait" is answered when it is cancelled, one of the name "there" has a passkey already.
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

typedef struct { DWORD version; PCWSTR id, name, icon; } Rp;
typedef struct { DWORD version; DWORD length; BYTE *id; PCWSTR name, icon, display_name; } User;
typedef struct { DWORD version; DWORD length; BYTE *json; PCWSTR hash; } ClientData;
typedef struct { DWORD version; PCWSTR type; LONG algorithm; } Parameter;
typedef struct { DWORD count; Parameter *first; } Parameters;
typedef struct { DWORD version; DWORD length; BYTE *id; PCWSTR type; } Credential;
typedef struct { DWORD version; DWORD length; BYTE *id; PCWSTR type; DWORD transports; } CredentialEx;
typedef struct { DWORD count; CredentialEx **first; } CredentialList;
typedef struct { PCWSTR name; DWORD length; void *value; } Extension;
typedef struct { DWORD count; Extension *first; } Extensions;
typedef struct { DWORD first_length; BYTE *first; DWORD second_length; BYTE *second; } Salts;
typedef struct { DWORD length; BYTE *id; Salts *salts; } CredentialSalts;
typedef struct { Salts *global; DWORD count; CredentialSalts *first; } SaltValues;

typedef struct {
    DWORD version, timeout;
    struct { DWORD count; void *first; } credentials;
    Extensions extensions;
    DWORD attachment;
    BOOL require_resident;
    DWORD verification, conveyance, flags;
    GUID *cancellation;                                       // version 2
    CredentialList *exclude;                                  // 3
    DWORD enterprise, large_blob;                             // 4
    BOOL prefer_resident;
    BOOL private_mode;                                        // 5
    BOOL enable_prf;                                          // 6
    void *linked; DWORD json_length; BYTE *json;              // 7
    Salts *eval; DWORD hints; PCWSTR *hint; BOOL payment;     // 8
} MakeOptions;

typedef struct {
    DWORD version, timeout;
    struct { DWORD count; void *first; } credentials;
    Extensions extensions;
    DWORD attachment, verification, flags;
    PCWSTR app_id; BOOL *used_app_id;                         // version 2
    GUID *cancellation;                                       // 3
    CredentialList *allow;                                    // 4
    DWORD blob_operation, blob_length; BYTE *blob;            // 5
    SaltValues *salts; BOOL private_mode;                     // 6
    void *linked; BOOL auto_fill; DWORD json_length; BYTE *json; // 7
} GetOptions;

typedef struct {
    DWORD version; PCWSTR format;
    DWORD data_length; BYTE *data;
    DWORD statement_length; BYTE *statement;
    DWORD decode; void *decoded;
    DWORD object_length; BYTE *object;
    DWORD id_length; BYTE *id;
    Extensions extensions;                                    // version 2
    DWORD transport;                                          // 3
    BOOL enterprise, large_blob, resident;                    // 4
    BOOL prf;                                                 // 5
    DWORD unsigned_length; BYTE *unsigned_outputs;            // 6
    Salts *results; BOOL payment;                             // 7
} Attestation;

typedef struct {
    DWORD version;
    DWORD data_length; BYTE *data;
    DWORD signature_length; BYTE *signature;
    Credential credential;
    DWORD user_length; BYTE *user;
    Extensions extensions; DWORD blob_length; BYTE *blob; DWORD blob_status; // version 2
    Salts *results;                                           // 3
    DWORD transport;                                          // 4
    DWORD unsigned_length; BYTE *unsigned_outputs;            // 5
} Assertion;

typedef struct { DWORD version; DWORD length; BYTE *id; Rp *rp; User *user; BOOL removable, backed_up; } Details;
typedef struct { DWORD count; Details **first; } DetailsList;
typedef struct { DWORD version; PCWSTR rp_id; BOOL private_mode; } ListOptions;

static const BYTE ID[] = {9, 9, 9};
// SHA-256 of example.com, flags, counter; for a new credential also AAGUID, id, and the generator of P-256 as a COSE key.
static const BYTE DATA[] = {
    0xa3, 0x79, 0xa6, 0xf6, 0xee, 0xaf, 0xb9, 0xa5, 0x5e, 0x37, 0x8c, 0x11, 0x80, 0x34, 0xe2, 0x75, 0x1e, 0x68, 0x2f,
    0xab, 0x9f, 0x2d, 0x30, 0xab, 0x13, 0xd2, 0x12, 0x55, 0x86, 0xce, 0x19, 0x47, 0x45, 0, 0, 0, 7,
    8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 0, 3, 9, 9, 9,
    0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32,
    0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2, 0x77, 0x03, 0x7d,
    0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96, 0x22, 0x58, 32,
    0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce, 0x33,
    0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5};

static HANDLE cancelled;
static BOOL heard;
static int given;

static DWORD api(void) {
    const char *version = getenv("REKEY_STUB_API");
    return version ? (DWORD)atoi(version) : 1;
}

static void bytes(const char *name, DWORD length, const BYTE *at) {
    printf(" %s=", name);
    for (DWORD i = 0; i < length; i++) printf("%02x", at[i]);
}

static void text(const char *name, PCWSTR at) {
    char utf8[4096] = "";
    if (at) WideCharToMultiByte(CP_UTF8, 0, at, -1, utf8, sizeof utf8, NULL, NULL);
    printf(" %s=%s", name, at ? utf8 : "(null)");
}

static void credentials(const char *name, const CredentialList *list) {
    printf("  %s:", name);
    for (DWORD i = 0; list && i < list->count; i++) {
        const CredentialEx *one = list->first[i];
        printf(" [%lu", one->version);
        bytes("id", one->length, one->id);
        text("type", one->type);
        printf(" transports=%lx]", one->transports);
    }
    printf("%s\n", list ? "" : " (null)");
}

static void salts(const char *name, const Salts *at) {
    printf(" %s", name);
    if (!at) { printf("=(null)"); return; }
    bytes("first", at->first_length, at->first);
    bytes("second", at->second_length, at->second);
}

static void client_data(const ClientData *data) {
    printf("  client data: version=%lu", data->version);
    text("hash", data->hash);
    printf(" json=%.*s\n", (int)data->length, (const char *)data->json);
}

static BYTE *copy(const void *from, DWORD length) { return memcpy(malloc(length), from, length); }

static Salts *results(void) {
    Salts *salts = calloc(1, sizeof *salts);
    salts->first = memset(malloc(32), 1, 32);
    salts->first_length = 32;
    return salts;
}

// As Windows does it: memory for the fields of the version, and not a byte more.
#define UP_TO(type, field) offsetof(type, field)

EXPORT DWORD WINAPI WebAuthNGetApiVersionNumber(void) { return api(); }

EXPORT HRESULT WINAPI WebAuthNIsUserVerifyingPlatformAuthenticatorAvailable(BOOL *available) {
    *available = TRUE;
    return S_OK;
}

EXPORT HRESULT WINAPI WebAuthNGetCancellationId(GUID *id) {
    memset(id, 0, sizeof *id);
    id->Data1 = 0xca11ed;
    if (!cancelled) cancelled = CreateEventW(NULL, FALSE, FALSE, NULL);
    return S_OK;
}

EXPORT HRESULT WINAPI WebAuthNCancelCurrentOperation(const GUID *id) {
    // It is said until the call has ended; how often depends on how busy the computer is.
    if (!heard) printf("cancel: id=%lx\n", id->Data1);
    fflush(stdout);
    heard = TRUE;
    SetEvent(cancelled);
    return S_OK;
}

EXPORT HRESULT WINAPI WebAuthNAuthenticatorMakeCredential(HWND window, const Rp *rp, const User *user,
        const Parameters *parameters, const ClientData *data, const MakeOptions *options, Attestation **answer) {
    printf("make: window=%s\n  rp: version=%lu", window == (HWND)7 ? "7" : "another", rp->version);
    text("id", rp->id); text("name", rp->name); text("icon", rp->icon);
    printf("\n  user: version=%lu", user->version);
    bytes("id", user->length, user->id); text("name", user->name); text("display-name", user->display_name);
    printf("\n  algorithms:");
    for (DWORD i = 0; i < parameters->count; i++) {
        text("type", parameters->first[i].type);
        printf("/%ld", parameters->first[i].algorithm);
    }
    printf("\n");
    client_data(data);
    printf("  options: version=%lu timeout=%lu attachment=%lu require-resident=%d verification=%lu conveyance=%lu flags=%lx",
        options->version, options->timeout, options->attachment, options->require_resident, options->verification,
        options->conveyance, options->flags);
    if (options->version >= 4)
        printf(" enterprise=%lu large-blob=%lu prefer-resident=%d", options->enterprise, options->large_blob,
            options->prefer_resident);
    if (options->version >= 5) printf(" private=%d", options->private_mode);
    if (options->version >= 6) printf(" enable-prf=%d", options->enable_prf);
    if (options->version >= 7) printf(" linked=%d json=%lu", options->linked != NULL, options->json_length);
    if (options->version >= 8) {
        salts("eval", options->eval);
        printf(" hints=%lu payment=%d", options->hints, options->payment);
    }
    printf("\n  cancellation: %lx\n", options->cancellation->Data1);
    credentials("exclude", options->exclude);
    for (DWORD i = 0; i < options->extensions.count; i++) {
        printf("  extension:");
        text("name", options->extensions.first[i].name);
        bytes("value", options->extensions.first[i].length, options->extensions.first[i].value);
        printf("\n");
    }
    fflush(stdout);
    if (!wcscmp(rp->name, L"there")) return NTE_EXISTS;
    if (!wcscmp(rp->name, L"wait")) {
        WaitForSingleObject(cancelled, 60000);
        return HRESULT_FROM_WIN32(ERROR_CANCELLED);
    }

    DWORD version = api() < 3 ? 3 : api() < 6 ? 4 : api() - 1;
    size_t size = version == 3 ? UP_TO(Attestation, enterprise) : version == 4 ? UP_TO(Attestation, prf)
        : version == 5 ? UP_TO(Attestation, unsigned_length) : version == 6 ? UP_TO(Attestation, results)
        : sizeof(Attestation);
    Attestation whole = {0};
    whole.version = version;
    whole.data = copy(DATA, whole.data_length = sizeof DATA);
    whole.object = copy("object", whole.object_length = 6);
    whole.id = copy(ID, whole.id_length = sizeof ID);
    BOOL flag = TRUE;
    whole.extensions.first = calloc(1, sizeof(Extension));
    whole.extensions.count = 1;
    whole.extensions.first->name = L"hmac-secret";
    whole.extensions.first->value = copy(&flag, whole.extensions.first->length = sizeof flag);
    whole.transport = 0x10;
    whole.large_blob = whole.resident = whole.prf = TRUE;
    whole.results = results();
    *answer = (Attestation *)copy(&whole, (DWORD)size);
    given++;
    return S_OK;
}

EXPORT void WINAPI WebAuthNFreeCredentialAttestation(Attestation *at) {
    // Secrets are gone before the memory is.
    printf("free: %d left", --given);
    if (at->version >= 7) bytes("secret", at->results->first_length, at->results->first);
    printf("\n");
    free(at);
}

EXPORT HRESULT WINAPI WebAuthNAuthenticatorGetAssertion(HWND window, PCWSTR rp_id, const ClientData *data,
        const GetOptions *options, Assertion **answer) {
    printf("get: window=%s", window == (HWND)7 ? "7" : "another");
    text("rp-id", rp_id);
    printf("\n");
    client_data(data);
    printf("  options: version=%lu timeout=%lu attachment=%lu verification=%lu flags=%lx extensions=%lu", options->version,
        options->timeout, options->attachment, options->verification, options->flags, options->extensions.count);
    if (options->version >= 5) {
        printf(" blob-operation=%lu", options->blob_operation);
        bytes("blob", options->blob_length, options->blob);
    }
    if (options->version >= 7)
        printf(" linked=%d auto-fill=%d json=%lu", options->linked != NULL, options->auto_fill, options->json_length);
    printf("\n  cancellation: %lx\n", options->cancellation->Data1);
    credentials("allow", options->allow);
    if (options->version >= 6 && options->salts) {
        printf("  salts:");
        salts("global", options->salts->global);
        for (DWORD i = 0; i < options->salts->count; i++) {
            bytes("of", options->salts->first[i].length, options->salts->first[i].id);
            salts("", options->salts->first[i].salts);
        }
        printf("\n");
    }
    fflush(stdout);

    DWORD version = api() < 3 ? 1 : api() == 3 ? 2 : api() < 6 ? 3 : api() == 6 ? 4 : 5;
    size_t size = version == 1 ? UP_TO(Assertion, extensions) : version == 2 ? UP_TO(Assertion, results)
        : version == 3 ? UP_TO(Assertion, transport) : version == 4 ? UP_TO(Assertion, unsigned_length) : sizeof(Assertion);
    Assertion whole = {0};
    whole.version = version;
    whole.data = copy(DATA, whole.data_length = 37);
    whole.data[32] = 0x05;
    whole.signature = copy("signature", whole.signature_length = 9);
    whole.credential.id = copy(ID, whole.credential.length = sizeof ID);
    whole.user = copy("\1\2\3", whole.user_length = 3);
    whole.blob = copy("blob", whole.blob_length = 4);
    whole.blob_status = 1;
    whole.results = results();
    whole.transport = 0x10;
    *answer = (Assertion *)copy(&whole, (DWORD)size);
    given++;
    return S_OK;
}

EXPORT void WINAPI WebAuthNFreeAssertion(Assertion *at) {
    printf("free: %d left", --given);
    if (at->version >= 3) bytes("secret", at->results->first_length, at->results->first);
    printf("\n");
    free(at);
}

EXPORT PCWSTR WINAPI WebAuthNGetErrorName(HRESULT code) { return code == NTE_EXISTS ? L"InvalidStateError" : L"UnknownError"; }

// What came with version 4.
#ifndef REKEY_STUB_OLD
EXPORT HRESULT WINAPI WebAuthNGetPlatformCredentialList(const ListOptions *options, DetailsList **answer) {
    printf("list: version=%lu private=%d", options->version, options->private_mode);
    text("rp-id", options->rp_id);
    printf("\n");
    fflush(stdout);
    if (options->rp_id && wcscmp(options->rp_id, L"example.com")) return (HRESULT)0x80090011;
    Details *details = calloc(1, sizeof *details);
    details->version = 1;
    details->id = copy(ID, details->length = sizeof ID);
    details->rp = calloc(1, sizeof(Rp));
    details->rp->id = L"example.com";
    details->user = calloc(1, sizeof(User));
    details->user->name = L"ann \U0001F511";
    *answer = calloc(1, sizeof **answer);
    (*answer)->count = 1;
    (*answer)->first = calloc(1, sizeof(Details *));
    (*answer)->first[0] = details;
    given++;
    return S_OK;
}

EXPORT void WINAPI WebAuthNFreePlatformCredentialList(DetailsList *at) {
    printf("free: %d left\n", --given);
    free(at);
}

EXPORT HRESULT WINAPI WebAuthNDeletePlatformCredential(DWORD length, const BYTE *id) {
    printf("delete:");
    bytes("id", length, id);
    printf("\n");
    fflush(stdout);
    return S_OK;
}
#endif
