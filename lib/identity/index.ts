import "server-only";

export type { ChallengeError, ChangeNameError, ChangePasswordError, SendCodeError } from "./errors";
export { type Account, changeName, changePassword, findAccount } from "./shell/account";
export {
  findChallengeContact,
  findLinkContact,
  forgetChallenges,
  type OpenedChallenge,
  openChallenge,
  signInByCode,
  signInByLink,
} from "./shell/challenges";
export { isKnownContact } from "./shell/identify";
export { createPerson, findPersonByEmail, findPersons, type Person } from "./shell/persons";
export { registerPerson } from "./shell/register-person";
export { endSession, endSessions, listSessions, type SessionView } from "./shell/sessions";
export { isSetupLinkOpen, makeSetupLink, setUpByLink } from "./shell/setup-link";
export {
  findSignedIn,
  rotateSession,
  type SignedIn,
  signIn,
  signInAs,
  signOut,
} from "./shell/sign-in";
export { throughSignInGate } from "./shell/sign-in-gate";
