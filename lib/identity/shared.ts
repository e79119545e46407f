export { CHALLENGE_MINUTES } from "./core/challenge";
export { type Device, deviceOf } from "./core/device";
export { LONGEST_NAME } from "./core/display-name";
export { parseNextPath, signInAddress } from "./core/next-path";
export { LONGEST_PASSWORD } from "./core/password-limits";
export {
  parseOrganizationForm,
  parsePersonForm,
  parseSetupForm,
  SETUP_FIELDS,
  SETUP_LONGEST,
  type SetupFault,
  type SetupFaults,
  type SetupField,
  type SetupForm,
  slugOf,
} from "./core/setup-form";
