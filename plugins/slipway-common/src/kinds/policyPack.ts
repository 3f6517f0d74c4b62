import { z } from 'zod';
import { name, namedList, patternText } from './fields';
import { clusterResource } from './resource';
import { plainStatusSchema } from './status';

const expression = () => z.string().min(1).max(8192);

const ruleSchema = z
  .strictObject({
    name: name().describe('The name of the rule, unique in the pack.'),
    description: z
      .string()
      .max(1000)
      .optional()
      .describe('Why the rule exists.'),
    scope: z
      .enum(['object', 'plan'])
      .default('object')
      .describe(
        'Whether the expression sees one object at a time or the whole plan.',
      ),
    match: z
      .strictObject({
        kinds: z
          .array(
            patternText(
              /^[A-Z][A-Za-z0-9]*$/,
              63,
              'the kind of a Kubernetes object such as Deployment',
            ),
          )
          .max(100)
          .default([])
          .describe('The kinds of object that the rule looks at. Empty: all.'),
        apiGroups: z
          .array(z.string().max(253))
          .max(100)
          .default([])
          .describe(
            'The API groups that it looks at; the core group is the empty string. Empty list: all.',
          ),
        condition: expression()
          .optional()
          .describe(
            'A CEL expression that says whether the rule applies to the object.',
          ),
      })
      .prefault({})
      .describe('What the rule looks at.'),
    expression: expression().describe(
      'The CEL expression that has to be true.',
    ),
    messageExpression: expression().describe(
      'A CEL expression that yields the sentence people read when it is not.',
    ),
    action: z
      .enum(['allow', 'warn', 'deny'])
      .describe(
        'What happens when the expression is false; allow only records it.',
      ),
    fix: z
      .string()
      .max(2000)
      .optional()
      .describe('What to change so that the rule holds.'),
  })
  .describe('One rule.');

const specSchema = z
  .strictObject({
    description: z
      .string()
      .max(1000)
      .optional()
      .describe('What the pack is for, in a sentence.'),
    rules: namedList(ruleSchema, 100)
      .min(1)
      .describe('The rules, checked in this order.'),
  })
  .describe('Rules that every plan of a class is checked with.');

/** The schema of a PolicyPack. @public */
export const policyPackSchema = clusterResource('PolicyPack', {
  description: 'Named CEL rules over the objects that a plan renders.',
  spec: specSchema,
  status: plainStatusSchema,
});

/** Named CEL rules over rendered objects. @public */
export type PolicyPack = z.output<typeof policyPackSchema>;
/** A PolicyPack as it may be written, with defaults left out. @public */
export type PolicyPackInput = z.input<typeof policyPackSchema>;
/** One rule of a PolicyPack. @public */
export type PolicyRule = z.output<typeof ruleSchema>;
