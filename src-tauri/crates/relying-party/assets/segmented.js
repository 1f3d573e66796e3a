// A code in boxes of one digit each: typing moves on, a pasted code is spread over the boxes, the last digit sends.

for (const group of document.querySelectorAll("[data-segments]")) {
  const boxes = [...group.querySelectorAll("input")];
  let sent = false;

  function spread(from, text) {
    const digits = [...text.replace(/\D/g, "")].slice(0, boxes.length - from);
    digits.forEach((digit, place) => {
      boxes[from + place].value = digit;
    });
    if (digits.length > 0) boxes[Math.min(from + digits.length, boxes.length - 1)].focus();
    if (!sent && boxes.every((box) => /^\d$/.test(box.value))) {
      sent = true;
      group.closest("form").requestSubmit();
    }
  }

  boxes.forEach((box, place) => {
    box.addEventListener("focus", () => box.select());
    box.addEventListener("input", () => spread(place, box.value));
    box.addEventListener("paste", (event) => {
      event.preventDefault();
      spread(place, event.clipboardData.getData("text"));
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Backspace" && box.value === "" && place > 0) boxes[place - 1].focus();
    });
  });
}
