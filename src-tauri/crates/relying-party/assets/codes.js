// Copying and printing recovery codes.

const tools = document.querySelector("[data-codes]");
const copy = tools.querySelector("[data-copy]");
const progress = document.querySelector(".progress");
const codes = Array.from(document.querySelectorAll(".codes code"), (code) => code.textContent);

copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(codes.join("\n"));
    progress.textContent = copy.dataset.copied;
  } catch {
    progress.textContent = copy.dataset.failed;
  }
});
tools.querySelector("[data-print]").addEventListener("click", () => window.print());
tools.hidden = false;
