/** ok: time left; warn: soon; late: past its time; doubt: a phone out of contact could still disprove the breach. */
export type ClockTone = "ok" | "warn" | "late" | "doubt";
