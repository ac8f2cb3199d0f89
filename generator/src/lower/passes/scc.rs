//! Strongly connected components of a graph, found without recursion (Tarjan 1972).

/// The edges of a graph, node by node.
#[derive(Debug)]
pub(in crate::lower) struct Edges {
    /// The index of each node's first edge; one more entry than nodes.
    starts: Vec<usize>,
    targets: Vec<u32>,
}

impl Default for Edges {
    fn default() -> Self {
        Self {
            starts: vec![0],
            targets: Vec::new(),
        }
    }
}

impl Edges {
    /// Adds an edge from the current node.
    pub(in crate::lower) fn add(&mut self, to: u32) {
        self.targets.push(to);
    }

    /// Ends the current node and starts the next one.
    pub(in crate::lower) fn next_node(&mut self) {
        self.starts.push(self.targets.len());
    }

    fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    fn of(&self, node: usize) -> &[u32] {
        &self.targets[self.starts[node]..self.starts[node + 1]]
    }
}

/// The strongly connected components of a graph: the nodes that can reach each other.
#[derive(Debug)]
pub(in crate::lower) struct Cycles {
    /// The component of each node.
    component: Vec<u32>,
    /// Whether the node is part of a cycle, including an edge to itself.
    cyclic: Vec<bool>,
}

impl Cycles {
    /// Finds the components.
    pub(in crate::lower) fn find(edges: &Edges) -> Self {
        let mut tarjan = Tarjan {
            edges,
            order: vec![0; edges.nodes()],
            low: vec![0; edges.nodes()],
            on_path: vec![false; edges.nodes()],
            path: Vec::new(),
            next: 1,
            found: Self {
                component: vec![u32::MAX; edges.nodes()],
                cyclic: vec![false; edges.nodes()],
            },
        };
        for node in 0..edges.nodes() {
            if tarjan.order[node] == 0 {
                tarjan.visit_from(node);
            }
        }
        tarjan.found
    }

    /// Returns whether the node is part of a cycle.
    pub(in crate::lower) fn is_cyclic(&self, node: usize) -> bool {
        self.cyclic[node]
    }

    /// Returns whether both nodes are part of the same cycle.
    pub(in crate::lower) fn in_same_cycle(&self, first: usize, second: usize) -> bool {
        self.cyclic[first] && self.component[first] == self.component[second]
    }
}

struct Tarjan<'e> {
    edges: &'e Edges,
    /// The order in which each node was visited, from 1.
    order: Vec<u32>,
    low: Vec<u32>,
    on_path: Vec<bool>,
    path: Vec<usize>,
    next: u32,
    found: Cycles,
}

impl Tarjan<'_> {
    fn visit_from(&mut self, root: usize) {
        // Each entry has the number of edges of the node that have been followed.
        let mut stack = vec![(root, 0)];
        self.enter(root);
        while let Some((node, followed)) = stack.last_mut() {
            let node = *node;
            match self.edges.of(node).get(*followed) {
                Some(target) => {
                    *followed += 1;
                    let target = *target as usize;
                    if self.order[target] == 0 {
                        self.enter(target);
                        stack.push((target, 0));
                    } else if self.on_path[target] {
                        self.low[node] = self.low[node].min(self.order[target]);
                    }
                }
                None => {
                    stack.pop();
                    if let Some((parent, _)) = stack.last() {
                        self.low[*parent] = self.low[*parent].min(self.low[node]);
                    }
                    if self.low[node] == self.order[node] {
                        self.finish(node);
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.order[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.on_path[node] = true;
        self.path.push(node);
    }

    fn finish(&mut self, root: usize) {
        let is_single = self.path.last() == Some(&root);
        let has_self_edge = self.edges.of(root).iter().any(|target| *target as usize == root);
        while let Some(node) = self.path.pop() {
            self.on_path[node] = false;
            self.found.component[node] = self.order[root];
            self.found.cyclic[node] = !is_single || has_self_edge;
            if node == root {
                break;
            }
        }
    }
}
