/* Runs in any browser, so it is written in the oldest syntax: shows the link to the plain page when this browser
   cannot run the application. The features tested arrived by Chrome 89, Safari 15.4 and Firefox 96. */
(function () {
  function able() {
    return (
      "noModule" in document.createElement("script") &&
      !!window.indexedDB &&
      typeof window.BroadcastChannel === "function" &&
      typeof window.AbortController === "function" &&
      typeof Promise.allSettled === "function" &&
      typeof String.prototype.replaceAll === "function" &&
      !!(window.CSS && CSS.supports && CSS.supports("inset", "0"))
    );
  }
  function show() {
    var notice = document.getElementById("old-browser");
    if (notice) notice.removeAttribute("hidden");
  }
  if (!able()) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
    else show();
  }
})();
