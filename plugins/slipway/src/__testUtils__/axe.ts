import axe from 'axe-core';

/**
 * What is wrong with the accessibility of what is drawn, one line a finding. Contrast takes a browser; it is checked
 * for our own colours in `theme/tones.test.ts`, and landmarks belong to the app around us.
 */
export async function accessibilityProblems(
  element: Element,
): Promise<string[]> {
  const { violations } = await axe.run(element, {
    rules: {
      'color-contrast': { enabled: false },
      region: { enabled: false },
    },
  });
  return violations.map(
    ({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`,
  );
}
