// A box that shows what is in a password field.

for (const row of document.querySelectorAll("[data-reveals]")) {
  const field = document.getElementById(row.dataset.reveals);
  row.querySelector("input").addEventListener("change", (event) => {
    field.type = event.target.checked ? "text" : "password";
  });
  // A password is sent as one: browsers remember what was in text fields.
  field.form.addEventListener("submit", () => {
    field.type = "password";
  });
  row.hidden = false;
}
