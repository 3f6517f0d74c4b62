export { accessibilityProblems } from './axe';
export { entity, renderWith } from './render';
