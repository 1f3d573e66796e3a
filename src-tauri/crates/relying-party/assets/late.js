// A sign-in form as single-page applications have it: built after the page has loaded, its values kept from input
// events, sent by fetch.

const token = document.querySelector('meta[name="csrf-token"]').content;
const entry = document.getElementById("entry");
const values = { user: "", secret: "" };

function field(key, type, text) {
  const row = document.createElement("div");
  row.className = "row";
  const caption = document.createElement("span");
  caption.id = `caption-${key}`;
  caption.textContent = text;
  const input = document.createElement("input");
  input.type = type;
  input.setAttribute("aria-labelledby", caption.id);
  input.autocapitalize = "none";
  input.addEventListener("input", () => {
    values[key] = input.value;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") send();
  });
  row.append(caption, input);
  return row;
}

let alert;
let button;

function say(text) {
  alert.textContent = text;
  alert.hidden = false;
  button.disabled = false;
}

async function send() {
  if (button.disabled) return;
  button.disabled = true;
  alert.hidden = true;
  try {
    const response = await fetch("/welcome/session", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
      body: JSON.stringify(values),
    });
    const answer = await response.json();
    if (response.ok) window.location.assign(answer.location);
    else say(answer.message);
  } catch {
    say(entry.dataset.failed);
  }
}

/** What is there instead of the form when it does not come, and the way to ask for it once more. */
function offerAgain(text) {
  const says = document.createElement("p");
  says.className = "alert";
  says.setAttribute("role", "alert");
  says.textContent = text;
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = entry.dataset.again;
  again.addEventListener("click", build, { once: true });
  entry.replaceChildren(says, again);
}

async function build() {
  entry.setAttribute("aria-busy", "true");
  try {
    const response = await fetch("/welcome/form");
    const words = await response.json();
    if (!response.ok) {
      offerAgain(words.message);
      return;
    }
    alert = document.createElement("p");
    alert.className = "alert";
    alert.setAttribute("role", "alert");
    alert.hidden = true;
    button = document.createElement("button");
    button.type = "button";
    button.textContent = words.submit;
    button.addEventListener("click", send);
    entry.replaceChildren(field("user", "text", words.userName), field("secret", "password", words.password), alert, button);
  } catch {
    offerAgain(entry.dataset.failed);
  } finally {
    entry.setAttribute("aria-busy", "false");
  }
}

build();
