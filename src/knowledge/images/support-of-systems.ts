/** Until when distributions are supported. */
import { supportTable } from './support-table.ts';

/** The day of LTS, in parentheses that of the security team; ELTS costs money and does not count. */
export const debianSupport = supportTable(
  'Debian',
  'https://wiki.debian.org/LTS',
  '6/squeeze=2016-02-29 7/wheezy=2018-05-31 8/jessie=2020-06-30 9/stretch=2022-06-30 10/buster=2024-06-30 ' +
    '11/bullseye=2026-08-31(2024-08-14) 12/bookworm=2028-06-30(2026-07-11) 13/trixie=2030-06-30(2028-08-09)',
);

/** Standard support; what Ubuntu Pro adds needs a subscription. */
export const ubuntuSupport = supportTable(
  'Ubuntu',
  'https://ubuntu.com/about/release-cycle',
  '12.04/precise=2017-04-28 14.04/trusty=2019-04-30 16.04/xenial=2021-04-30 16.10/yakkety=2017-07-20 ' +
    '17.04/zesty=2018-01-13 17.10/artful=2018-07-19 18.04/bionic=2023-05-31 18.10/cosmic=2019-07-18 ' +
    '19.04/disco=2020-01-23 19.10/eoan=2020-07-17 20.04/focal=2025-05-31 20.10/groovy=2021-07-22 ' +
    '21.04/hirsute=2022-01-20 21.10/impish=2022-07-14 22.04/jammy=2027-05-31 22.10/kinetic=2023-07-20 ' +
    '23.04/lunar=2024-01-25 23.10/mantic=2024-07-11 24.04/noble=2029-05-31 24.10/oracular=2025-07-10 ' +
    '25.04/plucky=2026-01-15 25.10/questing=2026-07-09 26.04/resolute=2031-05-31',
);

export const alpineSupport = supportTable(
  'Alpine Linux',
  'https://alpinelinux.org/releases/',
  '2.6=2015-05-01 2.7=2015-11-01 3.1=2016-11-01 3.2=2017-05-01 3.3=2017-11-01 3.4=2018-05-01 3.5=2018-11-01 ' +
    '3.6=2019-05-01 3.7=2019-11-01 3.8=2020-05-01 3.9=2020-11-01 3.10=2021-05-01 3.11=2021-11-01 ' +
    '3.12=2022-05-01 3.13=2022-11-01 3.14=2023-05-01 3.15=2023-11-01 3.16=2024-05-23 3.17=2024-11-22 ' +
    '3.18=2025-05-09 3.19=2025-11-01 3.20=2026-04-01 3.21=2026-11-01 3.22=2027-05-01 3.23=2027-11-01 3.24',
);

export const centosSupport = supportTable(
  'CentOS',
  'https://www.centos.org/centos-linux-eol/',
  '5=2017-03-31 6=2020-11-30 7=2024-06-30 8=2021-12-31',
  'almalinux or rockylinux',
);

export const centosStreamSupport = supportTable(
  'CentOS Stream',
  'https://www.centos.org/centos-stream/',
  '8=2024-05-31 9=2027-05-31 10=2030-05-31',
);

export const fedoraSupport = supportTable(
  'Fedora',
  'https://docs.fedoraproject.org/en-US/releases/eol/',
  '24=2017-08-08 25=2017-12-12 26=2018-05-29 27=2018-11-30 28=2019-05-28 29=2019-11-26 30=2020-05-26 ' +
    '31=2020-11-24 32=2021-05-25 33=2021-11-30 34=2022-06-07 35=2022-12-13 36=2023-05-16 37=2023-12-05 ' +
    '38=2024-05-21 39=2024-11-26 40=2025-05-13 41=2025-12-15 42=2026-05-13 43 44',
);

export const rockySupport = supportTable(
  'Rocky Linux',
  'https://wiki.rockylinux.org/rocky/version/',
  '8=2029-05-31 9=2032-05-31 10=2035-05-31',
);

export const almaSupport = supportTable(
  'AlmaLinux',
  'https://wiki.almalinux.org/release-notes/',
  '8=2029-03-01 9=2032-05-31 10=2035-05-31',
);

export const amazonLinuxSupport = supportTable(
  'Amazon Linux',
  'https://aws.amazon.com/amazon-linux-2/faqs/',
  '1=2023-12-31 2016.09=2023-12-31 2017.03=2023-12-31 2017.09=2023-12-31 2018.03=2023-12-31 2=2026-06-30 ' +
    '2023=2029-06-30',
);

/** The Debian under distroless images, which is followed no longer than a year past the next one. */
export const distrolessSupport = supportTable(
  'distroless on Debian',
  'https://github.com/GoogleContainerTools/distroless/blob/main/SUPPORT_POLICY.md',
  '9=2021-07-01 10=2022-08-14 11=2024-06-10 12=2026-09-01 13',
);

/** CBL-Mariner and what became of it. */
export const azureLinuxSupport = supportTable(
  'Azure Linux',
  'https://github.com/microsoft/azurelinux',
  '1.0=2023-07-31 2.0=2025-07-31 3.0',
);

/** Windows Server with the name of the channel first, as tags have it; images of 2019 go by the number 1809, too. */
export const windowsSupport = supportTable(
  'Windows Server',
  'https://learn.microsoft.com/en-us/virtualization/windowscontainers/deploy-containers/base-image-lifecycle',
  '1709/1709=2019-04-09 1803/1803=2019-11-12 1903/1903=2020-12-08 1909/1909=2021-05-11 2004/2004=2021-12-14 ' +
    '20H2/20H2=2022-08-09 2016/ltsc2016=2027-01-12 2019/ltsc2019=2029-01-09 2022/ltsc2022=2031-10-14 ' +
    '2025/ltsc2025=2034-10-10',
);
