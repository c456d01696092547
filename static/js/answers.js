// A client key for each form, so that a retry after a lost line is one fact.
const key = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, c => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));
const ready = () => document.querySelectorAll("form button[disabled]").forEach(button => { button.disabled = false; });
document.querySelectorAll("form[method=post][action*='/learn/']").forEach(form => {
  const field = document.createElement("input");
  field.type = "hidden"; field.name = "key"; field.value = key();
  form.append(field);
  form.addEventListener("submit", event => {
    const pressed = event.submitter;
    if (pressed && pressed.name === "move") return;
    // Not for a form that stays here, and not for ever: the line may be lost on the way.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.querySelectorAll("button").forEach(button => { button.disabled = true; });
      setTimeout(ready, 10000);
    });
  });
});
addEventListener("pageshow", ready);
document.querySelectorAll("[data-focus]").forEach(box => box.focus());
