/** All rules at once, with those of axe-core; `lingdaScreen.findings(rules)` answers a list of {rule, what, where}. */
(() => {
  const screen = window.lingdaScreen;

  /** Wait until fonts are there and nothing moves any more. */
  async function settled() {
    await document.fonts.ready;
    const twoFrames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const moving = () => document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity && animation.playState !== "finished");
    // A transition begins a frame after what it belongs to; another may follow on it.
    for (await twoFrames(); moving().length > 0; await twoFrames()) await Promise.allSettled(moving().map((animation) => animation.finished));
  }

  async function accessibility() {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).flatMap(({ id, help, nodes }) =>
      nodes.map((node) => ({ rule: `axe ${id}`, what: help, where: `${node.target.join(" ")} ${screen.shortly(node.html)}` })));
  }

  async function findings(rules) {
    await settled();
    const found = screen.texts();
    const own = [
      ...screen.overflow(found), ...screen.overlaps(found), ...screen.targets(rules), ...screen.contrasts(found, rules), ...screen.missingGlyphs(found), ...screen.words(found, rules),
    ];
    if (found.length === 0) own.push({ rule: "empty", what: "no text at all", where: "body" });
    return [...own, ...(await accessibility())];
  }

  Object.assign(screen, { findings });
})();
