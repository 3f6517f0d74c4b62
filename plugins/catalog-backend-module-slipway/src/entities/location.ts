import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';

/** The type of our locations: `slipway:<path in the platform repository>`. @internal */
export const LOCATION_TYPE = 'slipway';

/** The annotations that say where an entity comes from. @internal */
export function locationAnnotations(path: string): Record<string, string> {
  const location = `${LOCATION_TYPE}:${path}`;
  return {
    [ANNOTATION_LOCATION]: location,
    [ANNOTATION_ORIGIN_LOCATION]: location,
  };
}
