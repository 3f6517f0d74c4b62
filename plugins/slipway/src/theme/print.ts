/** What only a pointer or a keyboard makes use of. Prefixes differ between the two versions of MUI that an app may have. */
const CONTROLS = [
  '[class*="MuiButton-root"]',
  '[class*="MuiIconButton-root"]',
  '[class*="MuiToggleButtonGroup-root"]',
  '[class*="MuiTabs-root"]',
  '[class*="MuiSwitch-root"]',
  '[class*="MuiTextField-root"]',
  '[role="search"]',
];

/** On paper there is nothing to press, and colours that carry a meaning are printed. @internal */
export const PAPER = {
  '@media print': {
    printColorAdjust: 'exact',
    [CONTROLS.join(', ')]: { display: 'none' },
  },
} as const;
