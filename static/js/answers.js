// A client key for each form, so that a retry after a lost line is one fact.
const key = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, c => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));
document.querySelectorAll("form[method=post][action*='/learn/']").forEach(form => {
  const field = document.createElement("input");
  field.type = "hidden"; field.name = "key"; field.value = key();
  form.append(field);
  form.addEventListener("submit", event => {
    const pressed = event.submitter;
    if (pressed && pressed.name === "move") return;
    setTimeout(() => form.querySelectorAll("button").forEach(button => { button.disabled = true; }));
  });
});
addEventListener("pageshow", () => document.querySelectorAll("form button[disabled]").forEach(button => { button.disabled = false; }));
document.querySelectorAll("[data-focus]").forEach(box => box.focus());
