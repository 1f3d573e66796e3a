// Makes the passkey as soon as the page is there, as some sites do. Browsers that want a press first refuse; then the
// button is there.

const begin = () => document.querySelector('[data-ceremony="create"]').requestSubmit();

// The form's own script may come after this one.
if (document.readyState === "complete") begin();
else window.addEventListener("load", begin);
