/** Every way a wet or gloved finger slips from the key, and the one way that cancels: letting go. */
import { describe, expect, test } from "vitest";
import { bridged, drift, Hold, holdFor } from "./hold";

const thumb = { id: 1, x: 350, y: 620 };
const pressed = (): Hold => {
  const hold = new Hold();
  hold.press(thumb, 0);
  return hold;
};

describe("a press that is held", () => {
  test("is done at two seconds, not a millisecond before, and fills evenly", () => {
    const hold = pressed();
    expect(hold.filled(holdFor / 2)).toBe(0.5);
    expect(hold.tick(holdFor - 1)).toBe("holding");
    expect(hold.tick(holdFor)).toBe("done");
  });

  test("survives a drift of the finger to any side", () => {
    const hold = pressed();
    for (let step = 1; step < 20; step += 1) hold.move({ id: 1, x: 350 - step * 4, y: 620 + step * 2 }, step * 100);
    expect(hold.tick(holdFor)).toBe("done");
  });

  test("survives water that lets go for up to 300 ms, again and again", () => {
    const hold = pressed();
    hold.release(1, 400);
    hold.press({ ...thumb, id: 2, x: 372 }, 400 + bridged);
    hold.release(2, 1_200);
    hold.press({ ...thumb, id: 3 }, 1_350);
    expect(hold.tick(holdFor)).toBe("done");
  });

  test("survives a second finger that comes and goes", () => {
    const hold = pressed();
    hold.press({ id: 2, x: 340, y: 640 }, 300);
    hold.release(1, 900);
    expect(hold.tick(1_500)).toBe("holding");
    hold.release(2, 1_700);
    hold.press(thumb, 1_800);
    expect(hold.tick(holdFor)).toBe("done");
  });

  test("is done when the finger was there for two seconds, even when nobody looked in time", () => {
    const hold = pressed();
    hold.release(1, holdFor + 5);
    expect(hold.tick(holdFor + 5_000)).toBe("done");
  });
});

describe("a press that is not held", () => {
  test("letting go cancels after 300 ms, and not before", () => {
    const hold = pressed();
    hold.release(1, 900);
    expect(hold.tick(900 + bridged)).toBe("holding");
    expect(hold.tick(901 + bridged)).toBe("cancelled");
  });

  test("a finger that wanders off is a finger let go, unless it is back in time", () => {
    const away = pressed();
    away.move({ id: 1, x: 350 - drift - 1, y: 620 }, 500);
    expect(away.tick(801)).toBe("cancelled");
    const back = pressed();
    back.move({ id: 1, x: 350 - drift - 1, y: 620 }, 500);
    back.move({ id: 1, x: 345, y: 620 }, 790);
    expect(back.tick(holdFor)).toBe("done");
  });

  test("what was let go at the last moment is not sent", () => {
    const hold = pressed();
    hold.release(1, holdFor - 1);
    expect(hold.tick(holdFor + 10)).toBe("holding");
    expect(hold.tick(holdFor + bridged)).toBe("cancelled");
  });

  test("the next press begins anew", () => {
    const hold = pressed();
    hold.release(1, 1_500);
    hold.tick(2_000);
    hold.press(thumb, 3_000);
    expect(hold.filled(4_000)).toBe(0.5);
    expect(hold.tick(5_000)).toBe("done");
  });
});
