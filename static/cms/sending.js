// Once a page is sent, no draft of it is kept by itself: that one would be a second page.
document.addEventListener("submit", event => {
  const keeper = window.wagtail.app.getControllerForElementAndIdentifier(event.target, "w-autosave");
  if (!keeper || event.defaultPrevented) return;
  keeper.activeValue = false;
  keeper.submit?.cancel?.();
});
