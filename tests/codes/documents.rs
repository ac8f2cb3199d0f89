//! Codes that a single document produces.

/// Codes with a document. A document without `openapi` starts after `info`. One that starts with `schemas` is the schemas of a document
/// with an operation that returns `Pet`.
pub const DOCUMENTS: &[(&str, &str)] = &[
    ("E0102", "openapi: 3.1.0\ninfo: { title: Pets\npaths: {}\n"),
    ("W0103", "paths: {}\npaths: {}\n"),
    ("W0105", "paths: {}\n---\nsecond: document\n"),
    ("W0106", "paths: {}\ncomponents: { schemas: { [a, b]: {} } }\n"),
    ("W0107", "paths: {}\nx-value: &value { inner: *value }\n"),
    (
        "E0108",
        "paths: {}
x-0: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
x-1: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
x-2: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
x-3: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
x-4: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
x-5: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
x-6: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
x-7: &h [*g, *g, *g, *g, *g, *g, *g, *g, *g, *g]
x-8: &i [*h, *h, *h, *h, *h, *h, *h, *h, *h, *h]
",
    ),
    ("W0111", "paths:\n\t/pets: {}\n"),
    ("W0116", "paths: {\n}\n"),
    ("W0201", "schemas: { Pet: { type: object }, Dog: { $ref: Pet } }\n"),
    ("W0202", "schemas: { Pet: { $ref: [1] } }\n"),
    ("W0203", "schemas: { Pet: { $ref: '#/components/schemas/Missing' } }\n"),
    (
        "W0204",
        "components: { parameters: { A: { $ref: '#/components/parameters/B' }, B: { $ref: '#/components/parameters/A' } } }
paths: { /pets: { get: { parameters: [{ $ref: '#/components/parameters/A' }], responses: { '204': { description: OK } } } } }
",
    ),
    ("W0206", "schemas: { Pet: { $ref: 'https://localhost/pet.yaml' } }\n"),
    ("W0208", "paths: { /pets: { get: { $ref: '#/x-operation' } } }\nx-operation: { responses: {} }\n"),
    ("E0301", "- pets\n"),
    ("E0302", "openapi: 4.0.0\ninfo: { title: Pets, version: '1' }\npaths: {}\n"),
    ("E0303", ""),
    ("W0304", "paths: []\n"),
    ("W0305", "openapi: 3.1.0\ninfo: {}\npaths: {}\n"),
    ("W0307", "schemas: { Pet: { type: animal } }\n"),
    ("W0308", "schemas: { Pet: { type: int } }\n"),
    ("W0309", "schemas: { Pet: { type: string, deprecated: 'true' } }\n"),
    ("W0310", "schemas: { Pet: { properties: { name: { type: string, required: true } } } }\n"),
    ("W0335", "paths: { '/pets/{id': { get: { responses: {} } } }\n"),
    ("W0311", "paths: { /pets: { get: { parameters: [{ in: query }], responses: {} } } }\n"),
    ("W0312", "paths: { '/pets/{id}': { get: { responses: {} } } }\n"),
    (
        "W0313",
        "paths: { '/pets/{id}': { get: { parameters: [{ name: id, in: path, schema: {} }], responses: {} } } }\n",
    ),
    (
        "W0314",
        "paths: { /pets: { get: { parameters: [{ name: id, in: path, required: true, schema: {} }], responses: {} } } }\n",
    ),
    (
        "N0315",
        "paths: { /pets: { get: { parameters: [{ name: Accept, in: header, schema: {} }], responses: {} } } }\n",
    ),
    ("W0316", "paths: { /pets: { get: { responses: { OK: { description: OK } } } } }\n"),
    ("W0317", "paths: { pets: { get: { responses: {} } } }\n"),
    (
        "W0318",
        "paths: { /pets: { get: { parameters: [{ name: a, in: query, schema: {} }, { name: a, in: query, schema: {} }] } } }\n",
    ),
    (
        "W0319",
        "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: { /pets: { get: {} } }\n",
    ),
    (
        "W0320",
        "paths: { /pets: { get: { parameters: [{ name: a, in: query, style: round, schema: {} }] } } }\n",
    ),
    ("W0321", "security: [{ key: [] }]\npaths: { /pets: { get: {} } }\n"),
    ("W0322", "paths: { /pets: { fetch: {} } }\n"),
    (
        "W0323",
        "swagger: '2.0'
info: { title: Pets, version: '1' }
paths: { /pets: { post: { parameters: [{ name: a, in: body, schema: {} }, { name: b, in: body, schema: {} }] } } }
",
    ),
    ("N0324",
"openapi: 3.0.3
info: { title: Pets, version: '1' }
paths: {}
components: { schemas: { Pet: { type: object }, Dog: { $ref: '#/components/schemas/Pet', enum: [a] } } }
"),
    (
        "N0325",
        "paths: { '/pets/{id*}': { get: { parameters: [{ name: id, in: path, required: true, schema: {} }] } } }\n",
    ),
    ("W0326",
"paths: { /pets: { get: { parameters: [{ name: a, in: query, type: string }] } } }\n"),
    ("W0327", "schemas: { Pet: { type: integer, enum: ['1', '2'] } }\n"),
    ("N0328", "paths: { '/pets?kind=dog': { get: {} } }\n"),
    ("N0329", "paths: { '/pets#all': { get: {} } }\n"),
    ("W0336", "openapi: 3.9.0\ninfo: { title: Pets, version: '1' }\npaths: {}\n"),
    ("W0401", "paths: { /pets: { get: {} } }\n"),
    ("W0402", "paths: { /pets: { get: { operationId: a } }, /dogs: { get: { operationId: a } } }\n"),
    ("W0403", "schemas: { Pet: { allOf: [{ type: string }, { type: object }] } }\n"),
    (
        "W0405",
        "schemas: { Pet: { $ref: '#/components/schemas/B' }, B: { allOf: [{ $ref: '#/components/schemas/Pet' }] } }\n",
    ),
    ("W0406", "schemas: { Pet: { enum: [1, a] } }\n"),
    ("W0407",
"schemas:
  Pet:
    oneOf:
      - { type: object, required: [claws], properties: { kind: { type: string }, claws: { type: integer } } }
      - { type: object, required: [tail], properties: { kind: { type: string }, tail: { type: string } } }
    discriminator: { propertyName: kind }
"),
    ("W0408",
"schemas: { Pet: { type: array, prefixItems: [{ type: string }, { type: integer }], items: { type: boolean } } }\n"),
    (
        "W0409",
        "paths: { /pets: { get: { requestBody: { content: { application/json: { schema: { type: object } } } } } } }\n",
    ),
    (
        "W0410",
        "paths: { /pets: { post: { requestBody: { content: { application/x-pet: { schema: { properties: { a: {} } } } } } } } }\n",
    ),
    (
        "W0411",
        "paths:
  /pets:
    post:
      requestBody:
        content: { application/x-www-form-urlencoded: { schema: { type: array, items: { type: string } } } }
",
    ),
    (
        "W0412",
        "components: { securitySchemes: { key: { type: handshake } } }\nsecurity: [{ key: [] }]\npaths: { /pets: { get: {} } }\n",
    ),
    ("W0413", "paths: { /pets: { get: { x-speakeasy-retries: { strategy: sometimes } } } }\n"),
    ("N0416", "schemas: { Pet: { type: object, not: { required: [a] } } }\n"),
    ("N0417", "paths: { /pets: { get: { x-speakeasy-ignore: true } } }\n"),
    (
        "N0418",
        "paths:
  /pets:
    get:
      responses:
        '400':
          description: Bad request
          content:
            application/json: { schema: { type: object, properties: { code: { type: integer } } } }
            text/plain: { schema: { type: string } }
",
    ),
    (
        "N0419",
        "paths:
  /pets:
    get:
      responses:
        '200': { description: OK, content: { text/event-stream: { schema: { type: string } } } }
        '201': { description: Created, content: { application/json: { schema: { type: object } } } }
",
    ),
    (
        "N0420",
        "paths:
  /pets:
    get:
      responses:
        '200':
          description: OK
          content:
            text/event-stream:
              schema:
                oneOf:
                  - { properties: { event: { const: a }, data: { type: string } } }
                  - { properties: { event: { type: string }, data: { type: integer } } }
",
    ),
    (
        "W0421",
        "paths:
  /pets:
    get:
      parameters:
        - name: filter
          in: query
          style: deepObject
          schema: { type: object, properties: { range: { type: object, properties: { from: { type: integer } } } } }
",
    ),
    ("W0425", "schemas: { Pet: { type: object, required: [name], properties: { age: { type: integer } } } }\n"),
    (
        "W0426",
        "schemas:
  Cat: { type: object, required: [name], properties: { name: { type: string }, claws: { type: integer } } }
  Dog: { type: object, required: [name], properties: { name: { type: string }, tail: { type: string } } }
  Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
",
    ),
    (
        "W0427",
        "schemas:
  Cat: { type: object, properties: { kind: { const: cat } } }
  Dog: { type: object, properties: { kind: { const: dog } } }
  Pet:
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
    discriminator: { propertyName: kind, mapping: { Cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } }
",
    ),
    (
        "W0428",
        "paths:
  /pets:
    get:
      parameters: [{ name: filter, in: query, content: { application/xml: { schema: { type: object } } } }]
      responses: { '204': { description: OK } }
",
    ),
    ("W0330", "schemas: { Pet: { properties: { age: { type: integer, default: old } } } }\n"),
    (
        "W0331",
        "openapi: 3.2.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      parameters:
        - { name: a, in: query, schema: { type: string } }
        - { name: q, in: querystring, content: { application/x-www-form-urlencoded: { schema: { type: object } } } }
",
    ),
    (
        "W0332",
        "paths: { /pets: { get: { parameters: [{ name: a, in: header, allowReserved: true, schema: {} }] } } }\n",
    ),
    ("W0334", "paths: { /pets: { GET: {} } }\n"),
    ("W0339", "paths: { /pets: { get: {}, additionalOperations: { GET: {} } } }\n"),
    ("W0340", "servers: [{ url: api.example.com/v1 }]\npaths: {}\n"),
    ("W0337", "paths: { /pets: { get: { responses: { 200: { description: ok, links: { next: { operationId: other } } } } } } }\n"),
    (
        "W0338",
        "paths: { /pets: { get: { parameters: [{ name: X Odd, in: header, schema: { type: string } }], responses: { 204: { description: ok } } } } }\n",
    ),
    (
        "N0333",
        "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: { /pets: { get: { responses: { '200': {} } } } }\n",
    ),
];
