// The cookie banner: nothing below it can be used before it is answered.

const dialog = document.getElementById("cookies");

dialog.addEventListener("cancel", (event) => event.preventDefault());

for (const button of dialog.querySelectorAll("button")) {
  button.addEventListener("click", () => {
    const statistics = document.getElementById("cookies-statistics").checked;
    const choice = button.value === "chosen" ? (statistics ? "all" : "necessary") : button.value;
    document.cookie = `cookies=${choice}; Path=/; SameSite=Lax`;
    dialog.remove();
  });
}

dialog.showModal();
