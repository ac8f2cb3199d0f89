//! JSON values for the schemas of an API description.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

/// An API description.
pub struct Document(pub Value);

impl Document {
    /// Parses a YAML document.
    pub fn new(text: &str) -> Self {
        Self(serde_yaml::from_str(text).expect("the document is YAML"))
    }

    /// Returns the schemas by name.
    pub fn schemas(&self) -> &Map<String, Value> {
        self.0["components"]["schemas"].as_object().expect("schemas")
    }

    /// Returns the sorted names of the schemas.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.schemas().keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// Returns the target of a reference.
    pub fn get(&self, reference: &str) -> &Value {
        let pointer = reference.trim_start_matches('#');
        self.0.pointer(pointer).expect("the reference leads somewhere")
    }

    /// Returns a value with every property of a schema. A schema that occurs again on the same path has only its required
    /// properties.
    pub fn whole(&self, name: &str) -> Value {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        let value = self.value(&schema, &mut Way::default());
        value.expect("a schema that does not need itself")
    }

    /// Returns the value of [`whole`](Self::whole) as it is sent: without read-only properties.
    pub fn sent(&self, name: &str) -> Value {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        let mut way = Way {
            sent: true,
            ..Way::default()
        };
        let value = self.value(&schema, &mut way);
        value.expect("a schema that does not need itself")
    }

    /// Returns a value with the required properties of a schema.
    pub fn least(&self, name: &str) -> Value {
        let (mut value, required) = (self.whole(name), &self.schemas()[name]["required"]);
        if let Some(properties) = value.as_object_mut() {
            properties.retain(|name, _| contains(required, name));
        }
        value
    }

    /// Returns `None` for a schema that contains itself.
    fn value(&self, schema: &Value, way: &mut Way) -> Option<Value> {
        if let Some(reference) = schema["$ref"].as_str() {
            if way.above.iter().any(|other| other == reference) {
                return None;
            }
            way.above.push(reference.to_owned());
            let again = way.again;
            way.again |= !way.seen.insert(reference.to_owned());
            let value = self.value(self.get(reference), way);
            way.again = again;
            way.above.pop();
            return value;
        }
        if let Some(all) = schema["allOf"].as_array() {
            return self.value(&all[0], way);
        }
        // An assembled example has all properties; a documented one may omit some.
        if let Some(properties) = schema["properties"].as_object() {
            return self.object(properties, &schema["required"], way);
        }
        if let Some(example) = schema.get("example").or_else(|| schema["enum"].as_array()?.first()) {
            return Some(example.clone());
        }
        Some(match schema["type"].as_str() {
            Some("array") => Value::Array(self.value(&schema["items"], way).into_iter().collect()),
            Some("boolean") => json!(true),
            Some("integer") => json!(7),
            Some("number") => json!(2.5),
            Some("string") if schema["format"] == "date-time" => json!("2026-03-17T08:42:19.5Z"),
            Some("string") => json!("text"),
            _ if schema["additionalProperties"].is_object() => {
                json!({"some key": self.value(&schema["additionalProperties"], way)?})
            }
            _ => json!({"any": [1, null]}),
        })
    }

    /// Returns whether a property or the schema that it refers to is read-only.
    fn is_read_only(&self, property: &Value) -> bool {
        let target = property["$ref"].as_str().map(|reference| self.get(reference));
        [Some(property), target]
            .into_iter()
            .flatten()
            .any(|schema| schema["readOnly"] == true)
    }

    fn object(&self, properties: &Map<String, Value>, required: &Value, way: &mut Way) -> Option<Value> {
        let mut object = Map::new();
        for (name, property) in properties {
            let required = contains(required, name);
            if way.sent && self.is_read_only(property) {
                continue;
            }
            if way.again && !required {
                continue;
            }
            match self.value(property, way) {
                Some(value) => drop(object.insert(name.clone(), value)),
                None if required => return None,
                None => {}
            }
        }
        // A property that is only listed as required has any value.
        for name in required.as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !properties.contains_key(name) {
                object.insert(name.to_owned(), json!("text"));
            }
        }
        Some(Value::Object(object))
    }
}

/// The path into a schema.
#[derive(Default)]
struct Way {
    above: Vec<String>,
    seen: HashSet<String>,
    /// Whether an ancestor has all its properties.
    again: bool,
    /// Whether read-only properties are omitted.
    sent: bool,
}

fn contains(names: &Value, name: &str) -> bool {
    names
        .as_array()
        .is_some_and(|names| names.iter().any(|other| other == name))
}

/// Reads JSON from text, from a tree and from YAML, and returns what is written.
pub fn there_and_back<T>(value: &Value) -> Value
where
    T: serde::de::DeserializeOwned + serde::Serialize + PartialEq + std::fmt::Debug,
{
    let text = value.to_string();
    let model: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let tree: T = serde_json::from_value(value.clone()).expect("a tree reads like its text");
    assert_eq!(model, tree, "from text and from a tree");
    let yaml = serde_yaml::to_string(&model).expect("YAML");
    assert_eq!(serde_yaml::from_str::<T>(&yaml).expect("the same"), model, "{yaml}");
    serde_json::to_value(&model).expect("JSON")
}

/// Lists names of schemas, each with the round trip of its model in the `models` in scope.
macro_rules! schemas {
    ($($name:ident),* $(,)?) => {
        [$((stringify!($name), $crate::mock::there_and_back::<models::$name> as fn(&serde_json::Value) -> serde_json::Value)),*]
    };
}
pub(crate) use schemas;
