/** Until when languages and their runtimes are supported. Days that had not been told yet are left out. */
import { supportTable } from './support-table.ts';

export const nodeSupport = supportTable(
  'Node.js',
  'https://github.com/nodejs/Release/blob/main/schedule.json',
  '0.10=2016-10-31 0.12=2016-12-31 4/argon=2018-04-30 5=2016-06-30 6/boron=2019-04-30 7=2017-06-30 ' +
    '8/carbon=2019-12-31 9=2018-06-30 10/dubnium=2021-04-30 11=2019-06-01 12/erbium=2022-04-30 13=2020-06-01 ' +
    '14/fermium=2023-04-30 15=2021-06-01 16/gallium=2023-09-11 17=2022-06-01 18/hydrogen=2025-04-30 ' +
    '19=2023-06-01 20/iron=2026-04-30 21=2024-06-01 22/jod=2027-04-30 23=2025-06-01 24/krypton=2028-04-30 ' +
    '25=2026-06-01 26=2029-04-30',
);

export const pythonSupport = supportTable(
  'Python',
  'https://devguide.python.org/versions/',
  '2.6=2013-10-29 2.7=2020-01-01 3.2=2016-02-20 3.3=2017-09-29 3.4=2019-03-18 3.5=2020-09-30 3.6=2021-12-23 ' +
    '3.7=2023-06-27 3.8=2024-10-07 3.9=2025-10-31 3.10=2026-10-31 3.11=2027-10-31 3.12=2028-10-31 ' +
    '3.13=2029-10-31 3.14=2030-10-31',
);

/** A release is supported until there are two newer ones. */
export const goSupport = supportTable(
  'Go',
  'https://go.dev/doc/devel/release',
  '1.4=2016-02-17 1.5=2016-08-15 1.6=2017-02-16 1.7=2017-08-24 1.8=2018-02-16 1.9=2018-08-24 1.10=2019-02-25 ' +
    '1.11=2019-09-03 1.12=2020-02-25 1.13=2020-08-11 1.14=2021-02-16 1.15=2021-08-16 1.16=2022-03-15 ' +
    '1.17=2022-08-02 1.18=2023-02-01 1.19=2023-08-08 1.20=2024-02-06 1.21=2024-08-13 1.22=2025-02-11 ' +
    '1.23=2025-08-12 1.24=2026-02-10 1.25=2026-08-19 1.26 1.27',
);

/** The image `openjdk` has had builds of coming releases only, since the summer of 2022. */
export const openjdkSupport = supportTable(
  'Docker image openjdk',
  'https://hub.docker.com/_/openjdk',
  '6=2018-12-31 7=2020-07-31 8=2022-07-31 9=2018-03-20 10=2018-09-25 11=2022-07-31 12=2019-09-17 13=2020-03-17 ' +
    '14=2020-09-15 15=2021-03-16 16=2021-09-14 17=2022-07-31 18=2022-09-20 19=2022-09-20 20=2023-03-21 ' +
    '21=2023-09-19 22=2024-03-19 23=2024-09-17 24=2025-03-18 25=2025-09-16 26=2026-03-17',
  'eclipse-temurin',
);

/** What no vendor with free builds goes on with; their dates for the others differ, and all are yet to come. */
export const javaSupport = supportTable(
  'Java',
  'https://adoptium.net/support/',
  '9=2018-03-20 10=2018-09-25 12=2019-09-17 13=2020-03-17 14=2020-09-15 15=2021-03-16 16=2021-09-14 17 ' +
    '18=2022-09-20 19=2023-03-21 20=2023-09-19 21 22=2024-09-17 23=2025-03-18 24=2025-09-16 25 26=2026-09-15',
);

export const rubySupport = supportTable(
  'Ruby',
  'https://www.ruby-lang.org/en/downloads/branches/',
  '1.9=2015-02-23 2.0=2016-02-24 2.1=2017-04-01 2.2=2018-03-31 2.3=2019-03-31 2.4=2020-03-31 2.5=2021-03-31 ' +
    '2.6=2022-04-12 2.7=2023-03-31 3.0=2024-04-23 3.1=2025-03-26 3.2=2026-03-31 3.3=2027-03-31 3.4=2028-03-31 ' +
    '4.0=2029-03-31',
);

export const phpSupport = supportTable(
  'PHP',
  'https://www.php.net/supported-versions.php',
  '5.3=2014-08-14 5.4=2015-09-03 5.5=2016-07-21 5.6=2018-12-31 7.0=2019-01-10 7.1=2019-12-01 7.2=2020-11-30 ' +
    '7.3=2021-12-06 7.4=2022-11-28 8.0=2023-11-26 8.1=2025-12-31 8.2=2026-12-31 8.3=2027-12-31 8.4=2028-12-31 ' +
    '8.5=2029-12-31',
);

export const dotnetSupport = supportTable(
  '.NET',
  'https://dotnet.microsoft.com/en-us/platform/support/policy/dotnet-core',
  '1.0=2019-06-27 1.1=2019-06-27 2.0=2018-10-01 2.1=2021-08-21 2.2=2019-12-23 3.0=2020-03-03 3.1=2022-12-13 ' +
    '5.0=2022-05-10 6.0=2024-11-12 7.0=2024-05-14 8.0=2026-11-10 9.0=2026-11-10 10.0=2028-11-14',
);

/** Security fixes go to the last five releases. */
export const elixirSupport = supportTable(
  'Elixir',
  'https://elixir-lang.org/development.html',
  '1.0=2017-07-25 1.1=2018-01-17 1.2=2018-07-25 1.3=2018-07-25 1.4=2019-06-24 1.5=2020-01-27 1.6=2020-10-06 ' +
    '1.7=2021-05-19 1.8=2021-12-03 1.9=2022-09-01 1.10=2023-06-19 1.11=2023-12-22 1.12=2024-06-12 ' +
    '1.13=2024-12-19 1.14=2025-10-16 1.15 1.16 1.17 1.18 1.19 1.20',
);

/** The last three releases are supported. */
export const erlangSupport = supportTable(
  'Erlang/OTP',
  'https://github.com/erlang/otp/blob/master/SECURITY.md',
  '17=2017-06-21 18=2018-06-19 19=2019-05-14 20=2020-05-13 21=2021-05-12 22=2022-05-18 23=2023-05-16 ' +
    '24=2024-05-20 25=2025-05-21 26 27 28 29',
);
