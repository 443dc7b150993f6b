//! A figure that is read at the moment of asking, as Prometheus wants it.

use prometheus::{
    CounterVec, Gauge, GaugeVec, IntCounter, IntGauge, Opts, Registry,
    proto::{Bucket, Histogram, Metric, MetricFamily, MetricType},
};

/// A figure read at the moment of asking.
pub(crate) enum Reading {
    /// A whole number; one that only ever grows ends in `_total`.
    Count(&'static str, &'static str, i64),
    /// A time.
    Seconds(&'static str, &'static str, f64),
    /// Figures of several things, under a label each.
    Several {
        name: &'static str,
        help: &'static str,
        /// Whether they only ever grow.
        counted: bool,
        labels: &'static [&'static str],
        figures: Vec<(Vec<String>, f64)>,
    },
    /// How many there were of each size.
    Spread {
        name: &'static str,
        help: &'static str,
        /// Upper ends of the classes.
        bounds: Vec<f64>,
        /// How many are in each; what is beyond them comes last.
        counts: Vec<u64>,
        /// All sizes together.
        sum: f64,
    },
}

impl Reading {
    /// Adds it to the registry, or to the families where the registry cannot hold it.
    pub(super) fn register(
        &self,
        registry: &Registry,
        families: &mut Vec<MetricFamily>,
    ) -> Result<(), prometheus::Error> {
        match self {
            Self::Count(name, help, value) if name.ends_with("_total") => {
                let counter = IntCounter::new(*name, *help)?;
                counter.inc_by(u64::try_from(*value).unwrap_or(0));
                registry.register(Box::new(counter))
            }
            Self::Count(name, help, value) => {
                let gauge = IntGauge::new(*name, *help)?;
                gauge.set(*value);
                registry.register(Box::new(gauge))
            }
            Self::Seconds(name, help, value) => {
                let gauge = Gauge::new(*name, *help)?;
                gauge.set(*value);
                registry.register(Box::new(gauge))
            }
            Self::Several { name, help, counted: true, labels, figures } => {
                let counters = CounterVec::new(Opts::new(*name, *help), labels)?;
                for (values, figure) in figures {
                    counters.get_metric_with_label_values(values)?.inc_by(figure.max(0.0));
                }
                registry.register(Box::new(counters))
            }
            Self::Several { name, help, counted: false, labels, figures } => {
                let gauges = GaugeVec::new(Opts::new(*name, *help), labels)?;
                for (values, figure) in figures {
                    gauges.get_metric_with_label_values(values)?.set(*figure);
                }
                registry.register(Box::new(gauges))
            }
            Self::Spread { name, help, bounds, counts, sum } => {
                families.push(spread((name, help), bounds, counts, *sum));
                Ok(())
            }
        }
    }
}

fn spread((name, help): (&str, &str), bounds: &[f64], counts: &[u64], sum: f64) -> MetricFamily {
    let mut so_far = 0;
    let mut buckets = Vec::with_capacity(bounds.len());
    for (bound, count) in bounds.iter().zip(counts) {
        so_far += count;
        let mut bucket = Bucket::default();
        bucket.set_upper_bound(*bound);
        bucket.set_cumulative_count(so_far);
        buckets.push(bucket);
    }
    let mut histogram = Histogram::default();
    histogram.set_bucket(buckets);
    histogram.set_sample_count(counts.iter().sum());
    histogram.set_sample_sum(sum);
    let mut metric = Metric::default();
    metric.set_histogram(histogram);
    let mut family = MetricFamily::default();
    family.set_name(name.to_owned());
    family.set_help(help.to_owned());
    family.set_field_type(MetricType::HISTOGRAM);
    family.set_metric(vec![metric]);
    family
}

#[cfg(test)]
mod tests {
    use prometheus::TextEncoder;

    use super::*;

    #[test]
    fn a_spread_is_a_histogram_whose_classes_add_up() {
        let (bounds, counts) = (vec![0.5, 1.0], vec![3, 0, 4]);
        let reading = Reading::Spread { name: "sizes", help: "Sizes.", bounds, counts, sum: 9.5 };
        let mut families = Vec::new();
        reading.register(&Registry::new(), &mut families).unwrap();
        let text = TextEncoder::new().encode_to_string(&families).unwrap();
        for line in [
            "# TYPE sizes histogram",
            "sizes_bucket{le=\"0.5\"} 3",
            "sizes_bucket{le=\"1\"} 3",
            "sizes_bucket{le=\"+Inf\"} 7",
            "sizes_sum 9.5",
            "sizes_count 7",
        ] {
            assert!(text.lines().any(|given| given == line), "{line} in {text}");
        }
    }
}
