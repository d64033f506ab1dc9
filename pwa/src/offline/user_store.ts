/** The store of one officer on this phone; a shared phone has one each, so that nobody's acts go out under another name. */
import { Connection } from "./connection";
import { schemaVersion, upgradeSteps, type OfflineSchema } from "./schema";

export type UserStore = Connection<OfflineSchema>;

/** Open (on first use) the store of a user; `died` is told when it is lost for this run. */
export function userStore(userId: string, told: { died?: () => void; replaced?: () => void } = {}): UserStore {
  return new Connection<OfflineSchema>({
    name: `lingda-user-${userId}`,
    version: schemaVersion,
    upgrade: (database, from) => upgradeSteps.slice(from).forEach((step) => step(database)),
    ...told,
  });
}
