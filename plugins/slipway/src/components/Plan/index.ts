export { BuildGates } from './BuildGates';
export { EnvironmentPlanView } from './EnvironmentPlanView';
export { PlanHeadline } from './PlanHeadline';
export { PlanView } from './PlanView';
