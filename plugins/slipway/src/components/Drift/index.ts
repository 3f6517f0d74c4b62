export { Disagreement } from './Disagreement';
export { DriftFacts, NoDrift, NoDriftLine } from './DriftVerdict';
export { DriftView } from './DriftView';
