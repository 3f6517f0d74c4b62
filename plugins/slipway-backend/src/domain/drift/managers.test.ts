import { allowedBy, DEFAULT_ALLOWED_MANAGERS, toolOf } from './managers';

describe('field managers', () => {
  it.each([
    ['kubectl-edit', undefined, 'kubectl edit'],
    ['kubectl-client-side-apply', undefined, 'kubectl apply'],
    ['kubectl', 'scale', 'kubectl scale'],
    ['kubectl', undefined, 'kubectl'],
    ['argocd-controller', undefined, 'Argo CD'],
    ['slipway', undefined, 'Slipway'],
    ['my-script', undefined, 'my-script'],
  ])(
    'are told in people’s words: %s (%s) is %s',
    (manager, subresource, tool) => {
      expect(toolOf({ manager, subresource })).toBe(tool);
    },
  );

  it('are allowed by their name, or by what it begins with', () => {
    const allowed = allowedBy(['exactly', 'begins-*']);
    expect(allowed('exactly')).toBe(true);
    expect(allowed('exactly-not')).toBe(false);
    expect(allowed('begins-like-this')).toBe(true);
    expect(allowed('begins')).toBe(false);
  });

  it('of autoscalers and controllers are allowed, of people’s tools not', () => {
    const allowed = allowedBy(DEFAULT_ALLOWED_MANAGERS);
    for (const manager of [
      'kube-controller-manager',
      'horizontal-pod-autoscaler',
      'vpa-recommender',
      'keda-operator',
      'argocd-controller',
    ])
      expect([manager, allowed(manager)]).toEqual([manager, true]);
    for (const manager of ['kubectl', 'kubectl-edit', 'helm', 'Mozilla', 'k9s'])
      expect([manager, allowed(manager)]).toEqual([manager, false]);
  });
});
