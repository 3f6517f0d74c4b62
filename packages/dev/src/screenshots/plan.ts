/** A story as the playground lists it. */
export interface Listed {
  view: string;
  name: string;
  press: { role: 'button' | 'tab' | 'link'; name: string }[];
  narrow: boolean;
  print: boolean;
}

/** One picture to take. */
export interface Picture {
  view: string;
  story: string;
  press: Listed['press'];
  theme: 'light' | 'dark';
  medium: 'screen' | 'narrow' | 'print';
  /** Below the folder of pictures. */
  file: string;
}

/** Every story on a desk in both themes; some also on a phone and on paper. */
export function picturesOf(listed: Listed[]): Picture[] {
  return listed.flatMap(({ view, name, press, narrow, print }) => {
    const picture = (
      theme: Picture['theme'],
      medium: Picture['medium'],
    ): Picture => ({
      view,
      story: name,
      press,
      theme,
      medium,
      file: `${view}/${name}-${medium === 'screen' ? theme : medium}.png`,
    });
    return [
      picture('light', 'screen'),
      picture('dark', 'screen'),
      ...(narrow ? [picture('light', 'narrow')] : []),
      ...(print ? [picture('light', 'print')] : []),
    ];
  });
}
