// Once a page is sent, no draft of it is kept by itself: that one would be a second page. A draft
// that is on its way then is waited for, though not for long: what is sent is that page.
const LONGEST = 5000; // milliseconds
let hasLeft = false;

function keeperOf(form) {
  return window.wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave");
}

document.addEventListener("w-autosave:save", event => {
  const keeper = keeperOf(event.target);
  hasLeft = false;
  // Wagtail's own timer, which sends the draft, is set right after this one.
  setTimeout(() => { hasLeft = keeper.activeValue; }, keeper.intervalValue);
});

document.addEventListener("submit", event => {
  const keeper = keeperOf(event.target);
  if (!keeper || event.defaultPrevented) return;
  const { submitter, target: form } = event;
  const isFirst = keeper.activeValue;
  keeper.activeValue = false;
  if (!hasLeft || !keeper.submitPromise) return keeper.submit?.cancel?.();
  event.preventDefault();
  if (!isFirst) return;
  const isKept = keeper.submitPromise.catch(() => {}); // a lost draft holds nothing up
  Promise.race([isKept, new Promise(go => setTimeout(go, LONGEST))]).then(() => {
    hasLeft = false;
    if (submitter) submitter.disabled = false; // it is, while one waits, and would not be sent
    form.requestSubmit(submitter);
  });
});
