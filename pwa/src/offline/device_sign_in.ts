/** A session without a password: the enrolled phone signs a challenge with its own key. */
import { api, ProblemError } from "@/api/client";
import type { EnrolAnswer, Problem, SignInAnswer } from "@/api/types";
import { publicKey, sign, type DeviceIdentities, type Identity } from "./device_identity";

/** True for the server's word that the desk revoked this phone; its text has the reason. */
export function isRevoked(error: unknown): error is ProblemError & { problem: Problem } {
  return error instanceof ProblemError && error.problem?.code === "403.3";
}

/** True when signed in, false when the server refuses this phone; throws when it was revoked or cannot be reached. */
export async function signInWithDevice(identity: Identity): Promise<boolean> {
  try {
    const { challenge } = await api.post<{ challenge: string }>("/api/sign-in/device/challenge", { device_id: identity.device_id });
    const signature = await sign(identity.keys, `lingda-sign-in:${challenge}`);
    const answer = await api.post<SignInAnswer>("/api/sign-in/device", { device_id: identity.device_id, challenge, signature });
    api.csrfToken = answer.csrf_token;
    return true;
  } catch (error) {
    if (isRevoked(error)) throw error;
    if (error instanceof ProblemError && error.status >= 400 && error.status < 500 && ![408, 425, 429].includes(error.status)) return false;
    throw error;
  }
}

/** Enrol this phone with a code from the desk; the keys are kept before the code is used. Throws as the API client does. */
export async function enrol(identities: DeviceIdentities, code: string, label: string): Promise<Identity> {
  const keys = await identities.pendingKeys();
  const body = { code, public_key: await publicKey(keys), label };
  const answer = await api.post<EnrolAnswer>("/api/devices/enrol", body);
  api.csrfToken = answer.csrf_token;
  const { id, account, name } = answer.user;
  const identity: Identity = {
    user_id: id, account, name, device_id: answer.device_id, enrolled_at: new Date().toISOString(), keys,
  };
  await identities.enrolled(identity);
  return identity;
}
