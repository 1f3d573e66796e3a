// Made-up places where passkeys live, and what their authenticators ask.
import type { DeviceNotice } from "../bindings/DeviceNotice";
import type { HomeName } from "../bindings/HomeName";
import type { HomeOption } from "../bindings/HomeOption";
import type { HomeView } from "../bindings/HomeView";
import type { Language } from "../bindings/Language";
import type { NewPinPrompt } from "../bindings/NewPinPrompt";
import type { Now } from "../bindings/Now";
import type { PasskeysView } from "../bindings/PasskeysView";
import type { PinPrompt } from "../bindings/PinPrompt";
import type { Setup } from "../bindings/Setup";
import { type MockWord, mockWord } from "./mock-words";

interface Place {
  home: HomeName;
  name: MockWord;
  is: MockWord;
  facts: [MockWord, MockWord, MockWord?, MockWord?];
  untried: MockWord | null;
  available: boolean;
}

const PLACES: Place[] = [
  { home: "store", name: "storeName", is: "storeIs", facts: ["storeLives", "storeUsable", "storeVerifies", "storeCan"], untried: null, available: true },
  { home: "tpm", name: "tpmName", is: "tpmIs", facts: ["tpmLives", "tpmUsable", "tpmVerifies", "tpmCan"], untried: "tpmUntried", available: true },
  { home: "security-key", name: "keyName", is: "keyIs", facts: ["keyLives", "keyUsable", "keyVerifies", "keyCan"], untried: "keyUntried", available: true },
  { home: "phone", name: "phoneName", is: "phoneIs", facts: ["phoneLives", "phoneUsable"], untried: null, available: false },
];
const LABELS: MockWord[] = ["livesIn", "signInWhere", "knowsBy", "can"];

/** What a run can choose from, without those that were taken away. */
export const homeOptions = (language: Language, away: HomeName[] = []): HomeOption[] =>
  PLACES.filter(({ home }) => home !== "phone").map(({ home, name, is, facts, available }) => ({
    home,
    name: mockWord(language, name),
    available: available && !away.includes(home),
    why: mockWord(language, away.includes(home) ? "homeLater" : is),
    usableIn: mockWord(language, facts[1]),
    onlyHere: home === "tpm",
  }));

export function passkeys(language: Language, { home: chosen, store }: Pick<Setup, "home" | "store">, more: { practice?: boolean; running?: boolean; counts?: Partial<Record<HomeName, number>> } = {}): PasskeysView {
  const say = (word: MockWord): string => mockWord(language, word);
  const homes = PLACES.map(
    ({ home, name, is, facts, untried, available }): HomeView => ({
      home,
      name: say(name),
      is: say(is),
      available,
      state: say(available ? "homeReady" : "homeLater"),
      missing: null,
      chosen: home === chosen,
      onlyHere: home === "tpm",
      accounts: more.counts?.[home] ?? 0,
      facts: facts.map((value, at) => ({ label: say(LABELS[at]!), value: say(value!) })),
      notTried: untried && say(untried),
    }),
  );
  const ways = more.practice
    ? []
    : [
        { title: say("wayBackup"), detail: say("wayBackupDetail"), command: "rekey store backup FOLDER" },
        { title: say("waySheet"), detail: say("waySheetDetail"), command: "rekey store sheet --out sheet.html" },
        { title: say("wayLost"), detail: say("wayLostDetail"), command: "rekey store lost --passphrase" },
      ];
  return { looking: false, homes, store: { ...store, lockable: store.state === "open" && !more.running, copy: more.practice || store.state === "missing" ? null : say("noCopy"), ways } };
}

export function pinPrompt(language: Language, more: Partial<PinPrompt> = {}): PinPrompt {
  return { id: 8, title: mockWord(language, "pinTitle"), detail: mockWord(language, "pinDetail"), site: "bank.example", user: "ada.lovelace", tries: null, last: false, problem: null, ...more };
}

export function newPinPrompt(language: Language): NewPinPrompt {
  const say = (word: MockWord): string => mockWord(language, word);
  return { id: 9, title: say("newPinTitle"), detail: say("newPinDetail"), warning: say("newPinWarning"), shortest: 4, problem: null };
}

const NOTICES: Record<DeviceNotice, [MockWord, MockWord | null]> = {
  insert: ["deviceInsert", "deviceInsertDetail"],
  touch_to_choose: ["deviceChoose", "deviceChooseDetail"],
  touch: ["deviceTouch", "deviceTouchDetail"],
  verify: ["deviceVerify", "deviceVerifyDetail"],
  working: ["deviceWorking", null],
};

export function deviceNow(language: Language, notice: DeviceNotice, home: HomeName = "security-key"): Now {
  const [text, detail] = NOTICES[notice];
  return { who: notice === "working" ? "rekey" : "person", text: mockWord(language, text), detail: detail && mockWord(language, detail), seconds: null, device: { home, notice } };
}
