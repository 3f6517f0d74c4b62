export { accessibilityProblems } from './axe';
export { entity, renderWith } from './render';
export { renderPart } from './words';
