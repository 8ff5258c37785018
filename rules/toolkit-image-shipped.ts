import { shippedToolkits } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'toolkit-image-shipped',
  says: 'the image ships on compilers that nothing in it uses',
  because: 'Some hundred megabytes or gigabytes of tools go to every host, and their vulnerabilities with them.',
  instead:
    'Base what ships on an image that only runs programs: distroless, alpine, dotnet/aspnet, a JRE, cuda with runtime.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['tally/gpu/prefer-runtime-final-stage'],
  bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /shop ./cmd/shop

# want: toolkit-image-shipped at "golang:1.26" says "shop"
FROM golang:1.26
COPY --from=build /shop /usr/local/bin/shop
USER 1000
CMD ["shop"]
`,
  good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /shop ./cmd/shop

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /shop /usr/local/bin/shop
CMD ["shop"]
`,
  *check(build) {
    for (const { span, image, ecosystem, start, weight } of shippedToolkits(build)) {
      const found = finding({ span }, `${image} brings the tools of ${ecosystem}, ${start.program} needs none of them`);
      const shown = found.and(start, 'this is what the image starts');
      if (weight === 'plain') yield shown;
      else yield shown.rated({ severity: 'info', preset: weight === 'mild' ? 'recommended' : 'strict' });
    }
  },
});
