//! The drawings as data, 160 wide and 120 high.

use super::super::icon::Part::{self, Arc, Circle, Disc, Frame, Line, Outline};
use super::Picture;

/// What is drawn below and above.
pub(super) struct Layers {
    /// Surfaces behind everything.
    pub(super) soft: &'static [Part],
    /// The things themselves.
    pub(super) lines: &'static [Part],
    /// What matters about them.
    pub(super) accent: &'static [Part],
}

/// A round ground on which every drawing stands.
const GROUND: &[Part] = &[Disc(80.0, 60.0, 58.0)];

const CARD: &[Part] = &[
    Frame(40.0, 34.0, 80.0, 52.0, 7.0),
    Frame(50.0, 46.0, 18.0, 14.0, 3.0),
    Line(&[(50.0, 53.0), (68.0, 53.0)]),
    Line(&[(50.0, 74.0), (78.0, 74.0)]),
];

const READER: &[Part] = &[
    Frame(44.0, 58.0, 72.0, 44.0, 7.0),
    Line(&[(56.0, 70.0), (104.0, 70.0)]),
    Disc(104.0, 90.0, 2.5),
];

pub(super) fn layers(picture: Picture) -> Layers {
    let (lines, accent): (&[Part], &[Part]) = match picture {
        Picture::NoReader => (
            &[
                Frame(66.0, 26.0, 28.0, 22.0, 3.0),
                Line(&[(74.0, 33.0), (74.0, 39.0)]),
                Line(&[(86.0, 33.0), (86.0, 39.0)]),
                Frame(60.0, 48.0, 40.0, 30.0, 6.0),
                Line(&[(80.0, 78.0), (80.0, 92.0)]),
                Arc(90.0, 92.0, 10.0, 180.0, 90.0),
            ],
            &[
                Line(&[(46.0, 37.0), (54.0, 37.0)]),
                Line(&[(49.0, 22.0), (55.0, 27.0)]),
                Line(&[(106.0, 37.0), (114.0, 37.0)]),
                Line(&[(111.0, 22.0), (105.0, 27.0)]),
            ],
        ),
        Picture::NoCard => (
            READER,
            &[
                Line(&[(80.0, 18.0), (80.0, 46.0)]),
                Line(&[(69.0, 36.0), (80.0, 47.0), (91.0, 36.0)]),
            ],
        ),
        Picture::UnknownCard => (
            CARD,
            &[
                Arc(101.0, 55.0, 7.0, 180.0, 405.0),
                Line(&[(106.0, 60.0), (101.0, 65.0), (101.0, 69.0)]),
                Disc(101.0, 76.0, 2.0),
            ],
        ),
        Picture::EmptyCard => (
            CARD,
            &[
                Line(&[(90.0, 53.0), (97.0, 53.0)]),
                Line(&[(103.0, 53.0), (110.0, 53.0)]),
            ],
        ),
        Picture::NoService => (
            &[
                Frame(38.0, 32.0, 84.0, 54.0, 6.0),
                Line(&[(80.0, 86.0), (80.0, 98.0)]),
                Line(&[(62.0, 98.0), (98.0, 98.0)]),
            ],
            &[Circle(80.0, 59.0, 14.0), Line(&[(70.5, 68.5), (89.5, 49.5)])],
        ),
        Picture::CardRemoved => (
            READER,
            &[
                Frame(54.0, 12.0, 52.0, 34.0, 5.0),
                Line(&[(80.0, 38.0), (80.0, 21.0)]),
                Line(&[(73.0, 27.0), (80.0, 20.0), (87.0, 27.0)]),
            ],
        ),
        Picture::Broken => (
            CARD,
            &[
                Line(&[(92.0, 48.0), (108.0, 64.0)]),
                Line(&[(108.0, 48.0), (92.0, 64.0)]),
            ],
        ),
        Picture::File => (
            &[
                Outline(&[
                    (54.0, 20.0),
                    (90.0, 20.0),
                    (106.0, 36.0),
                    (106.0, 100.0),
                    (54.0, 100.0),
                ]),
                Line(&[(89.0, 21.0), (89.0, 37.0), (105.0, 37.0)]),
                Line(&[(64.0, 52.0), (96.0, 52.0)]),
                Line(&[(64.0, 62.0), (84.0, 62.0)]),
            ],
            &[
                Circle(86.0, 78.0, 7.0),
                Line(&[
                    (82.0, 84.0),
                    (82.0, 94.0),
                    (86.0, 91.0),
                    (90.0, 94.0),
                    (90.0, 84.0),
                ]),
            ],
        ),
    };
    Layers {
        soft: GROUND,
        lines,
        accent,
    }
}
