/** Whatever can be pressed is as large as a finger needs. */
(() => {
  const { visible, nameOf, MAIN_ACTS } = window.lingdaScreen;

  const INTERACTIVE = "a[href], button, input, select, textarea, summary, [role=button], [role=checkbox], [role=radio], [role=tab], [tabindex='0']";

  function targets(rules) {
    const findings = [];
    for (const control of document.querySelectorAll(INTERACTIVE)) {
      if (!visible(control) || control.closest("[aria-hidden=true], .maplibregl-ctrl-attrib-inner") || control.type === "hidden") continue;
      const area = control.closest("label:not(.field), .n-input, .n-base-selection") ?? control;
      const box = area.getBoundingClientRect();
      const least = control.matches(MAIN_ACTS) ? rules.main_target : rules.target;
      if (box.width < least - 0.5 || box.height < least - 0.5) {
        findings.push({ rule: "target", what: `${Math.round(box.width)}×${Math.round(box.height)} px, less than ${least}`, where: nameOf(control) });
      }
    }
    return findings;
  }

  Object.assign(window.lingdaScreen, { targets });
})();
