import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The first loader of a file compiles what it imports; on a busy machine that takes seconds.
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);
