import { expect, test } from "vitest";
import { contract } from "./contract";
import { isExplanation } from "./index";
import { MockHost, WRONG } from "./mock";

test("the host in memory keeps the contract", async () => {
  const { accounts, prompts } = await contract(new MockHost(2), 5);
  expect(accounts).toBe(3);
  expect(prompts).toBe(7);
});

test("a host that takes a second answer breaks the contract", async () => {
  const host = new MockHost(2);
  const answer = host.answerPrompt.bind(host);
  host.answerPrompt = (id, given) => answer(id, given).catch(() => {});
  await expect(contract(host, 5)).rejects.toThrow("a second answer was not refused");
});

test("a run pauses before its next step, skips an account and stops", async () => {
  const host = new MockHost(10);
  const run = async () => {
    const { screen } = await host.view();
    return screen.kind === "run" ? screen : null;
  };
  await host.startPractice();
  await host.unlockPractice();
  await host.start(["p1", "p2", "p3"]);
  await host.answerPrompt((await host.view()).prompt?.id ?? 0, "approve");
  await expect.poll(async () => (await run())?.current).toBe("p1");
  await host.pause();
  expect((await run())?.pause).toBe("pausing");
  await expect.poll(async () => (await run())?.pause).toBe("paused");
  await host.skip();
  await expect.poll(async () => (await run())?.current).toBe("p2");
  await host.stop();
  await expect.poll(async () => (await run())?.summary).toEqual({ total: 3, proven: 0, secondFactor: 0, needsPerson: 0, stuck: 0, skipped: 3 });
});

test("a wrong passphrase uses the prompt up", async () => {
  const host = new MockHost(2);
  await host.pickVaults();
  await host.presentPassphrase({ kind: "vault" }, "right");
  await host.start(["p1"]);
  const { prompt: first } = await host.view();
  await host.presentPassphrase({ kind: "prompt", id: first?.id ?? 0 }, WRONG);
  await expect.poll(async () => (await host.view()).prompt?.id).toBe((first?.id ?? 0) + 1);
  expect((await host.view()).prompt?.problem?.code).toBe("store_wrong_passphrase");
  await expect(host.answerPrompt(first?.id ?? 0, "decline")).rejects.toSatisfy(isExplanation);
});

test("a run on a key opens no store, asks for the PIN and says what the key waits for", async () => {
  const host = new MockHost(150);
  await host.startPractice();
  await host.unlockPractice();
  await host.chooseHome("security-key");
  await host.start(["p1"]);
  const prompt = (kind: string) => expect.poll(async () => (await host.view()).prompt?.kind).toBe(kind);
  const now = async () => {
    const { screen } = await host.view();
    return screen.kind === "run" ? (screen.accounts[0]?.now?.device?.notice ?? null) : null;
  };
  const id = async () => (await host.view()).prompt?.id ?? 0;
  await prompt("make_passkey");
  await host.answerPrompt(await id(), "approve");
  await prompt("pin");
  const first = await id();
  await expect(host.answerPrompt(first, "approve")).rejects.toMatchObject({ code: "passphrase_needed" });
  await host.presentPassphrase({ kind: "prompt", id: first }, WRONG);
  await expect.poll(async () => (await host.view()).prompt?.problem?.code).toBe("pin_wrong");
  await host.presentPassphrase({ kind: "prompt", id: await id() }, "1234");
  await expect.poll(now).toBe("touch");
  await expect.poll(async () => (await host.view()).prompt?.kind, { timeout: 5000 }).toBe("use_passkey");
  await host.answerPrompt(await id(), "approve");
  await prompt("pin");
  await host.answerPrompt(await id(), "decline");
  await expect.poll(async () => (await host.view()).screen).toMatchObject({ summary: { needsPerson: 1 } });
  expect((await host.view()).passkeys?.homes.find(({ home }) => home === "security-key")?.accounts).toBe(1);
});
