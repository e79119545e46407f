import "server-only";

export { type Alarms, findAlarms } from "./shell/alarms";
export { type BuildingState, findBuildingState, type Need } from "./shell/building-state";
export { findConsoleFrame } from "./shell/console-frame";
export { type Customer, findCustomers } from "./shell/find-customers";
export { type FirstSteps, findFirstSteps } from "./shell/first-steps";
export { listPortfolio, type PortfolioRow, type PortfolioSort } from "./shell/portfolio";
export {
  listSold,
  type SalesFilter,
  type SalesSum,
  type SoldRow,
  soldIn,
  sumSold,
} from "./shell/sales-history";
export { type Found, searchOrganization } from "./shell/search";
export { listUnitStory, type StoryEntry } from "./shell/unit-story";
