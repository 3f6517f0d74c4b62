/**
 * The version of the renderer. It changes when the same input renders to
 * other objects, so that environments can be moved over one by one.
 *
 * @public
 */
export const RENDERER_VERSION = '1';
