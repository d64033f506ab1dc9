/** The phone's battery, where the browser tells it (Chromium only). */

interface BatteryManager extends EventTarget { level: number; charging: boolean }

/** Call `told` with the percentage now and on each change; never called where the browser does not tell. */
export async function watchBattery(told: (percent: number) => void): Promise<void> {
  const ask = (navigator as Navigator & { getBattery?: () => Promise<BatteryManager> }).getBattery;
  const battery = await ask?.call(navigator).catch(() => undefined);
  if (!battery) return;
  const tell = (): void => told(Math.round(battery.level * 100));
  battery.addEventListener("levelchange", tell);
  tell();
}
