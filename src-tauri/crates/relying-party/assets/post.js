// Requests to the server, and the three ways in which they fail.

/** The server said no, in words to be shown as they are. */
export class Refused extends Error {
  constructor({ message, unknownCredential }) {
    super(message);
    this.unknownCredential = unknownCredential === true;
  }
}

/** The server did not answer. */
export class NoAnswer extends Error {}

/** The server's answer is not one of those that this page knows. */
export class StrangeAnswer extends Error {}

async function send(path, body, signal) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  try {
    return await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new NoAnswer();
  }
}

/** Sends JSON and returns the JSON of the answer, which has the member `wanted`. */
export async function post(path, body, wanted, signal) {
  const response = await send(path, body, signal);
  let answer;
  try {
    answer = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new StrangeAnswer();
  }
  if (!response.ok && typeof answer?.message === "string") throw new Refused(answer);
  if (!response.ok || !answer?.[wanted]) throw new StrangeAnswer();
  return answer;
}
