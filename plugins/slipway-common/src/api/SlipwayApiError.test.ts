import { isError } from '@backstage/errors';
import fc from 'fast-check';
import { SlipwayApiError } from './SlipwayApiError';

const response = (status: number, statusText = '') => ({ status, statusText });

describe('SlipwayApiError.from', () => {
  it('takes problem details as they are', () => {
    const body = {
      type: 'about:blank',
      title: 'InvalidFilesError',
      status: 422,
      detail: '1 problem; the first: a.yaml:3: no such class',
      instance: 'urn:uuid:1',
      problems: [
        {
          file: 'a.yaml',
          line: 3,
          column: 5,
          path: 'spec.environments[0].class',
          segments: ['spec', 'environments', 0, 'class'],
          code: 'reference',
          severity: 'error',
          message: 'no such class',
        },
      ],
    };
    const error = SlipwayApiError.from(response(422), body);
    expect(error).toBeInstanceOf(Error);
    expect(isError(error)).toBe(true);
    expect(error.name).toBe('InvalidFilesError');
    expect(error.message).toBe(body.detail);
    expect(error.status).toBe(422);
    expect(error.details).toEqual(body);
    expect(error.problems).toEqual(body.problems);
  });

  it('falls back to the title where problem details have no detail', () => {
    const body = { type: 'about:blank', title: 'NotFoundError', status: 404 };
    const error = SlipwayApiError.from(response(404), body);
    expect(error.message).toBe('NotFoundError');
    expect(error.problems).toEqual([]);
  });

  it('takes name and message of an error body of Backstage', () => {
    const error = SlipwayApiError.from(response(401, 'Unauthorized'), {
      error: { name: 'AuthenticationError', message: 'Missing credentials' },
      request: { method: 'GET', url: '/v1alpha1/services' },
      response: { statusCode: 401 },
    });
    expect(error.name).toBe('AuthenticationError');
    expect(error.message).toBe('Missing credentials');
    expect(error.status).toBe(401);
    expect(error.details).toEqual({
      type: 'about:blank',
      title: 'AuthenticationError',
      status: 401,
      detail: 'Missing credentials',
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', '<html>Bad gateway</html>'],
    ['a number', 502],
    ['a list', ['Bad gateway']],
    ['an object of somebody else', { message: 'Bad gateway' }],
    ['an error that is a text', { error: 'Bad gateway' }],
    ['an error that is null', { error: null }],
    ['an error without text', { error: { name: 502, message: {} } }],
    ['a title that is no text', { title: 502, detail: 'Bad gateway' }],
    ['an empty title', { title: '' }],
  ])('says what the server answered when the body is %s', (_, body) => {
    const error = SlipwayApiError.from(response(502, 'Bad Gateway'), body);
    expect(error.name).toBe('ResponseError');
    expect(error.message).toBe('The server answered 502 Bad Gateway.');
    expect(error.status).toBe(502);
    expect(error.details.status).toBe(502);
    expect(error.problems).toEqual([]);
  });

  it('makes a whole error of any body whatsoever', () => {
    const anyBody = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          title: fc.jsonValue(),
          detail: fc.jsonValue(),
          status: fc.jsonValue(),
          problems: fc.jsonValue(),
          error: fc.oneof(
            fc.jsonValue(),
            fc.record(
              { name: fc.jsonValue(), message: fc.jsonValue() },
              { requiredKeys: [] },
            ),
          ),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(
        anyBody,
        fc.integer({ min: 400, max: 599 }),
        (body, status) => {
          const error = SlipwayApiError.from(
            response(status, 'Whatever'),
            body,
          );
          expect(error.status).toBe(status);
          expect(typeof error.name).toBe('string');
          expect(error.name).not.toBe('');
          expect(typeof error.message).toBe('string');
          expect(error.message).not.toBe('');
          expect(Array.isArray(error.problems)).toBe(true);
        },
      ),
    );
  });
});
