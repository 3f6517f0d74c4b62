/** Why a field of compose is left out that nothing in a ServiceSpec stands for. */
export const NO_FIELD = 'a ServiceSpec has no field for it';
