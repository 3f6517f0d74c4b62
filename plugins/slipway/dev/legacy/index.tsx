import '@backstage/cli/asset-types';
import ReactDOM from 'react-dom/client';
import { LegacyApp } from './app';

/*
 * An app on the old frontend system with everything of `@slipway/plugin-slipway/legacy` in it, over a fake client.
 */
ReactDOM.createRoot(document.getElementById('root')!).render(<LegacyApp />);
