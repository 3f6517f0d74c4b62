import { specPathSegments } from '@slipway/plan';
import {
  parseFile,
  ParsedDocument,
  ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { PlatformResource } from './PlatformState';

/** A text is read again once, however many environments and fields are asked for. */
const documents = new WeakMap<PlatformResource, ParsedDocument | undefined>();

function documentOf(resource: PlatformResource): ParsedDocument | undefined {
  if (!documents.has(resource)) {
    documents.set(
      resource,
      parseFile(resource.text, { path: resource.path }).documents[0],
    );
  }
  return documents.get(resource);
}

/** The line of a spec path in the file of a service; undefined where the file doesn't say it. */
export function specLines(
  resource: PlatformResource | undefined,
  spec: ServiceSpec,
): (specPath: string) => number | undefined {
  return specPath =>
    resource &&
    documentOf(resource)?.locate(specPathSegments(spec, specPath))?.line;
}
