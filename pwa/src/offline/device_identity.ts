/** Who this phone is for each officer: a signing key that cannot leave the browser, and the enrolment it belongs to. */
import type { DBSchema } from "idb";
import { Connection } from "./connection";

export interface Identity {
  user_id: string;
  account: string;
  name: string;
  device_id: string;
  enrolled_at: string;
  keys: CryptoKeyPair;
}
interface DeviceSchema extends DBSchema {
  identities: { key: string; value: Identity };
  /** `current`: id of the user whose session this phone has; `pending`: keys made for an enrolment under way. */
  state: { key: string; value: unknown };
}
const algorithm = { name: "ECDSA", namedCurve: "P-256" } as const;

export class DeviceIdentities {
  private readonly connection: Connection<DeviceSchema>;

  constructor(died?: () => void) {
    this.connection = new Connection<DeviceSchema>({
      name: "lingda-device",
      version: 1,
      upgrade: (database, from) => {
        if (from >= 1) return;
        database.createObjectStore("identities", { keyPath: "user_id" });
        database.createObjectStore("state");
      },
      died,
    });
  }

  /** A fresh key pair, kept before the code is used up, so that an enrolment cut short can be finished. */
  async pendingKeys(): Promise<CryptoKeyPair> {
    const kept = await this.connection.read(["state"], (transaction) => transaction.objectStore("state").get("pending"));
    if (kept) return kept as CryptoKeyPair;
    const made = (await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"])) as CryptoKeyPair;
    await this.connection.write(["state"], (transaction) => transaction.objectStore("state").put(made, "pending"));
    return made;
  }

  /** The enrolment succeeded: the pending keys become the user's, and the user is current. */
  async enrolled(identity: Identity): Promise<void> {
    await this.connection.write(["identities", "state"], async (transaction) => {
      await transaction.objectStore("identities").put(identity);
      await transaction.objectStore("state").delete("pending");
      await transaction.objectStore("state").put(identity.user_id, "current");
    });
  }

  of(userId: string): Promise<Identity | undefined> {
    return this.connection.read(["identities"], (transaction) => transaction.objectStore("identities").get(userId));
  }

  all(): Promise<Identity[]> {
    return this.connection.read(["identities"], (transaction) => transaction.objectStore("identities").getAll());
  }

  async current(): Promise<string | null> {
    const user = await this.connection.read(["state"], (transaction) => transaction.objectStore("state").get("current"));
    return typeof user === "string" ? user : null;
  }

  async setCurrent(userId: string | null): Promise<void> {
    await this.connection.write(["state"], async (transaction) => {
      if (userId === null) await transaction.objectStore("state").delete("current");
      else await transaction.objectStore("state").put(userId, "current");
    });
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

/** ECDSA P-256 with SHA-256 over the UTF-8 bytes of `text`: raw r‖s, base64url without padding. */
export async function sign(keys: CryptoKeyPair, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return base64url(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, keys.privateKey, bytes));
}

/** The public key as a JWK with only the members that define it. */
export async function publicKey(keys: CryptoKeyPair): Promise<JsonWebKey> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", keys.publicKey);
  return { kty, crv, x, y };
}

function base64url(bytes: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
