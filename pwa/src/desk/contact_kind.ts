/** Counted among the changes when the server is reached again: what was missed meanwhile is read again. */
export const backInContact = "contact.online";
