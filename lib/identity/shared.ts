export { CHALLENGE_MINUTES } from "./core/challenge";
export { type Device, deviceOf } from "./core/device";
export { LONGEST_NAME } from "./core/display-name";
export { parseNextPath, signInAddress } from "./core/next-path";
export { LONGEST_PASSWORD } from "./core/password-limits";
export {
  parseSetupForm,
  SETUP_FIELDS,
  SETUP_LONGEST,
  type SetupFault,
  type SetupFaults,
  type SetupField,
  type SetupForm,
} from "./core/setup-form";
